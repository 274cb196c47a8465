package org.huying.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.identity.IdentityFixture.PASSWORD;
import static org.huying.identity.IdentityFixture.await;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.kernel.Caller;
import org.huying.kernel.Ids;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeServiceTest {
    private final UUID canteen = Ids.next();

    @TempDir
    private Path directory;

    private IdentityFixture fixture;
    private MeService service;

    @BeforeEach
    void setUp() {
        fixture = new IdentityFixture(directory);
        service = new MeService(
                fixture.cipher,
                new Places(fixture.cipher),
                (client, districtId, ids) -> Future.succeededFuture(Map.of(canteen, "一食堂")));
    }

    @AfterEach
    void tearDown() {
        fixture.close();
    }

    private Future<Me> seenBy(Caller caller) {
        return fixture.database.read(client -> service.me(client, caller));
    }

    @Test
    void staff_see_where_they_hold_which_role() {
        // given
        var id = fixture.staff(fixture.district, "staff");
        var place = fixture.place(fixture.district, "near");
        var firm = Ids.next();
        fixture.sql(
                "INSERT INTO organization (district_id, id, kind, name) VALUES ($1, $2, 'firm', '红色物业')",
                fixture.district,
                firm);
        var gone = Ids.next();
        fixture.grant(fixture.district, id, "supervisor", "place", place);
        fixture.grant(fixture.district, id, "worker", "organization", firm);
        fixture.grant(fixture.district, id, "canteen_operator", "canteen", canteen);
        fixture.grant(fixture.district, id, "dispatcher", "organization", gone);

        // when
        var me = await(seenBy(caller(await(fixture.staffLogins.asStaff("staff", PASSWORD, "a")))));

        // then
        assertThat(me)
                .isEqualTo(new Me(
                        id,
                        "staff",
                        "张三",
                        null,
                        null,
                        false,
                        List.of("supervisor", "dispatcher", "worker", "canteen_operator"),
                        List.of(
                                new Me.Scope("canteen_operator", "canteen", canteen, "一食堂"),
                                new Me.Scope("dispatcher", "organization", gone, null),
                                new Me.Scope("supervisor", "place", place, "near"),
                                new Me.Scope("worker", "organization", firm, "红色物业")),
                        List.of(),
                        List.of()));
    }

    @Test
    void residents_see_the_mandates_that_stand_on_either_side() {
        // given
        var me = await(fixture.logins.withWechat("me", null));
        var elder = await(fixture.logins.withWechat("elder", null)).principal();
        var held = mandate(elder.id(), me.principal().id(), "active", null);
        var offered = mandate(me.principal().id(), null, "offered", "2100-01-01T00:00:00Z");
        mandate(elder.id(), me.principal().id(), "revoked", null);
        mandate(elder.id(), me.principal().id(), "active", "2020-01-01T00:00:00Z");

        // when
        var seen = await(seenBy(caller(me)));

        // then
        assertThat(seen.displayName()).isEqualTo(me.principal().displayName());
        assertThat(seen.mandates()).extracting(Me.Mandate::id).containsExactly(offered, held);
        assertThat(seen.mandates().get(1).grantor()).isEqualTo(new Me.Named(elder.id(), elder.displayName()));
        assertThat(seen.mandates().get(1).scope()).containsExactly("booking");
        assertThat(seen.mandates().get(0).proxy()).isNull();
        assertThat(seen.mandates().get(0).until()).isEqualTo("2100-01-01T00:00:00Z");
    }

    private UUID mandate(UUID grantorId, @Nullable UUID proxyId, String status, @Nullable String until) {
        var id = Ids.next();
        fixture.sql("""
                INSERT INTO mandate (district_id, id, grantor_id, proxy_id, for_booking, for_ticket, status,
                    valid_until, offered_by_id, created_at)
                VALUES ($1, $2, $3, $4, true, false, $5, $6::text::timestamptz, $3, now())
                """, fixture.district, id, grantorId, proxyId, status, until);
        return id;
    }

    private Caller caller(Login login) {
        return await(new Authenticator(fixture.shared, fixture.database).authenticate(login.accessToken()));
    }
}
