package org.huying.identity.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.identity.staff.StaffDesk.account;
import static org.huying.identity.staff.StaffDesk.assertProblem;
import static org.huying.identity.staff.StaffDesk.farPlace;
import static org.huying.identity.staff.StaffDesk.grant;
import static org.huying.identity.staff.StaffDesk.grants;
import static org.huying.identity.staff.StaffDesk.scope;
import static org.huying.identity.staff.StaffDesk.username;

import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Eventually;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may give which roles, to whom. */
class GrantingApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private final StaffDesk desk = new StaffDesk(APP);

    @ParameterizedTest
    @CsvSource({
        // caller, role, scope, may
        "admin, admin, district, true",
        "admin, canteen_operator, canteen, true",
        "admin, dispatcher, firm, true",
        "admin, supervisor, district, true",
        "district-supervisor, supervisor, town, true",
        "district-supervisor, supervisor, district, false",
        "district-supervisor, hotline_agent, district, true",
        "district-supervisor, admin, district, false",
        "district-supervisor, dispatcher, firm, false",
        "town-supervisor, supervisor, community, true",
        "town-supervisor, supervisor, town, false",
        "community-supervisor-1, grid_member, community, true",
        "community-supervisor-2, grid_member, community, false",
        "community-supervisor-1, hotline_agent, town, false",
        "dispatcher-1, worker, firm, true",
        "dispatcher-2, worker, firm, false",
        "dispatcher-1, dispatcher, firm, false"
    })
    void one_gives_only_roles_that_one_is_above(String caller, String role, String scope, boolean may) {
        // when
        var reply = desk.create(caller, username(), grant(role, scope(scope)));

        // then
        if (may) {
            assertThat(reply.status()).isEqualTo(201);
            assertThat(reply.json().getString("status")).isEqualTo("invited");
        } else {
            assertThat(reply.status()).isEqualTo(422);
            assertThat(reply.faultsAndCodes()).containsExactly("/grants/0 grant_not_yours");
        }
    }

    @Test
    void all_that_is_wrong_with_the_roles_is_said_at_once() {
        // when
        var reply = desk.create(
                "community-supervisor-1",
                username(),
                grant("grid_member", scope("community")),
                grant("grid_member", UUID.randomUUID()),
                grant("grid_member", scope("firm")),
                grant("supervisor", scope("community")),
                grant("grid_member", scope("community")),
                grant("worker", scope("canteen")));

        // then
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.faultsAndCodes())
                .containsExactly(
                        "/grants/1/scopeId scope_unknown",
                        "/grants/2/scopeId scope_unfit",
                        "/grants/3 grant_not_yours",
                        "/grants/4 grant_repeated",
                        "/grants/5/scopeId scope_unfit");
        assertThat(desk.create("admin", username(), grant("admin", scope("town")))
                        .faultsAndCodes())
                .containsExactly("/grants/0/scopeId scope_unfit");
        assertThat(desk.create("admin", username(), grant("grid_member", farPlace()))
                        .faultsAndCodes())
                .containsExactly("/grants/0/scopeId scope_unknown");
    }

    @Test
    void a_user_name_is_taken_once_for_all_districts() {
        // given
        var name = username();
        assertThat(desk.create("dispatcher-1", name, grant("worker", scope("firm")))
                        .status())
                .isEqualTo(201);

        // when, then
        assertProblem(desk.create("admin", name, grant("worker", scope("firm"))), 409, "username_taken");
        assertProblem(desk.create("admin", "far-supervisor", grant("worker", scope("firm"))), 409, "username_taken");
        for (var illegal : List.of("ab", "Capital", "with space", "李四", "a".repeat(65), "a/b")) {
            assertThat(desk.create("admin", illegal, grant("worker", scope("firm")))
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void of_two_accounts_of_one_name_made_at_once_there_is_one() {
        // given
        var name = username();
        var body = account(name, grant("worker", scope("firm")));

        // when
        var replies = List.of(
                        APP.staff("admin").postLater("/v1/staff", body),
                        APP.staff("dispatcher-1").postLater("/v1/staff", body))
                .stream()
                .map(CompletableFuture::join)
                .toList();

        // then
        assertThat(replies).extracting(Reply::status).containsExactlyInAnyOrder(201, 409);
        assertThat(replies.stream().filter(reply -> reply.status() == 409))
                .allMatch(reply -> reply.json().getString("code").equals("username_taken"));
    }

    @Test
    void a_change_needs_to_be_above_what_was_and_what_will_be_and_counts_at_once() {
        // given
        var name = username();
        var issued = desk.create("admin", name, grant("worker", scope("firm"))).json();
        var id = UUID.fromString(issued.getString("id"));
        var own = desk.activated(name, issued);

        // when
        var beyond = desk.patch("dispatcher-1", id, grants(grant("worker", DemoStructure.firm(2))));
        var changed = desk.patch(
                "admin", id, grants(grant("dispatcher", scope("firm"))).put("name", "新名"));

        // then
        assertThat(beyond.faultsAndCodes()).containsExactly("/grants/0 grant_not_yours");
        assertThat(changed.json().getString("name")).isEqualTo("新名");
        assertProblem(desk.patch("dispatcher-1", id, grants(grant("worker", scope("firm")))), 404, "not_found");
        Eventually.until("every node knows", () -> own.get("/v1/staff").status() == 200);
        assertThat(own.get("/v1/me").json().getJsonArray("roles")).isEqualTo(JsonArray.of("dispatcher"));
    }
}
