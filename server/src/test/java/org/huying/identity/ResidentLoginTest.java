package org.huying.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.huying.identity.IdentityFixture.await;
import static org.huying.identity.IdentityFixture.settled;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.IntStream;
import org.huying.kernel.Ids;
import org.huying.kernel.Refusal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidentLoginTest {
    @TempDir
    private Path directory;

    private IdentityFixture fixture;

    @BeforeEach
    void setUp() {
        fixture = new IdentityFixture(directory);
    }

    @AfterEach
    void tearDown() {
        fixture.close();
    }

    @Test
    void somebody_new_becomes_a_resident_of_the_default_district() {
        // when
        var login = await(fixture.logins.withWechat("new", null));

        // then
        var id = login.principal().id();
        assertThat(login.principal().kind()).isEqualTo("resident");
        assertThat(login.principal().roles()).containsExactly("resident");
        assertThat(login.principal().displayName()).matches("居民[0-9a-f]{4}");
        assertThat(login.tokenType()).isEqualTo("Bearer");
        assertThat(login.expiresInSeconds()).isEqualTo(900);
        assertThat(districtOf(login)).isEqualTo(fixture.district);
        assertThat(fixture.sql("SELECT id FROM resident WHERE district_id = $1 AND id = $2", fixture.district, id))
                .hasSize(1);
        assertThat(fixture.sql("SELECT openid_index FROM wechat_login").get(0).getBuffer(0))
                .isEqualTo(fixture.cipher.index("new"));
        assertThat(await(fixture.logins.withWechat("new", null)).principal()).isEqualTo(login.principal());
        assertThat(fixture.count("person")).isEqualTo(1);
    }

    @Test
    void first_logins_at_once_make_one_person() {
        // given
        var attempts = 40;

        // when
        var logins = settled(IntStream.range(0, attempts)
                .mapToObj(i -> fixture.logins.withWechat("same", i % 2 == 0 ? null : fixture.farDistrict))
                .toList());

        // then
        assertThat(logins).allMatch(Future::succeeded);
        assertThat(logins.stream().map(login -> login.result().principal().id()).distinct())
                .hasSize(1);
        assertThat(fixture.count("person")).isEqualTo(1);
        assertThat(fixture.count("wechat_login")).isEqualTo(1);
        assertThat(fixture.count("resident")).isEqualTo(2);
        assertThat(fixture.count("session")).isEqualTo(attempts);
    }

    @Test
    void who_is_known_in_one_other_district_only_logs_in_there() {
        // given
        var far = await(fixture.logins.withWechat("far", fixture.farDistrict));

        // when
        var again = await(fixture.logins.withWechat("far", null));

        // then
        assertThat(districtOf(far)).isEqualTo(fixture.farDistrict);
        assertThat(districtOf(again)).isEqualTo(fixture.farDistrict);
        assertThat(fixture.count("resident")).isEqualTo(1);
    }

    @Test
    void a_district_named_makes_the_person_known_there_under_the_same_id() {
        // given
        var near = await(fixture.logins.withWechat("both", null));

        // when
        var far = await(fixture.logins.withWechat("both", fixture.farDistrict));

        // then
        assertThat(far.principal().id()).isEqualTo(near.principal().id());
        assertThat(districtOf(far)).isEqualTo(fixture.farDistrict);
        assertThat(districtOf(await(fixture.logins.withWechat("both", null)))).isEqualTo(fixture.district);
        assertThat(fixture.count("resident")).isEqualTo(2);
    }

    @Test
    void an_unknown_district_a_bad_code_and_no_default_district_make_nobody() {
        // given
        assertRefused("code", Ids.next(), Refusal.RuleBroken.class, "district_unknown");
        assertRefused("bad", null, Refusal.Unauthenticated.class, "wechat_code_invalid");

        // when
        fixture.sql("UPDATE district SET is_default = false");

        // then
        assertRefused("code", null, Refusal.RuleBroken.class, "district_unknown");
        assertThat(fixture.count("person")).isZero();
    }

    private void assertRefused(String code, @Nullable UUID districtId, Class<?> kind, String refusal) {
        assertThatThrownBy(() -> await(fixture.logins.withWechat(code, districtId)))
                .isInstanceOf(kind)
                .hasMessage(refusal);
    }

    private UUID districtOf(Login login) {
        return fixture.shared.tokens().verify(login.accessToken()).districtId();
    }
}
