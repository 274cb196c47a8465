package org.huying.identity.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.identity.staff.StaffDesk.assertProblem;
import static org.huying.identity.staff.StaffDesk.grant;
import static org.huying.identity.staff.StaffDesk.grants;
import static org.huying.identity.staff.StaffDesk.scope;
import static org.huying.identity.staff.StaffDesk.username;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who sees whose account. */
@Tag("long")
class StaffSightApiTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private final StaffDesk desk = new StaffDesk(APP);

    @Test
    void those_who_are_above_nobody_never_may() {
        for (var caller : List.of("worker-1", "grid-member-1", "hotline-agent", "canteen-operator-1")) {
            assertProblem(desk.create(caller, username(), grant("worker", scope("firm"))), 403, "forbidden");
            assertProblem(APP.staff(caller).get("/v1/staff"), 403, "forbidden");
            assertProblem(desk.get(caller, DemoStructure.staff("worker-2")), 404, "not_found");
            assertProblem(desk.get(caller, DemoStructure.staff(caller)), 403, "forbidden");
        }
        assertProblem(APP.resident(1).get("/v1/staff"), 403, "forbidden");
        assertProblem(APP.resident(1).get("/v1/staff/" + DemoStructure.staff("worker-1")), 404, "not_found");
    }

    @Test
    void who_is_not_below_is_not_there() {
        for (var other : List.of("admin", "worker-2", "grid-member-1", "town-supervisor", "dispatcher-2")) {
            assertOutOfReach("dispatcher-1", DemoStructure.staff(other));
        }
        assertProblem(desk.get("far-supervisor", DemoStructure.staff("grid-member-1")), 404, "not_found");
        // one of whose two communities is another's
        assertProblem(desk.get("community-supervisor-2", DemoStructure.staff("grid-member-2")), 404, "not_found");
        assertThat(desk.get("town-supervisor", DemoStructure.staff("grid-member-2"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void an_admin_a_peer_and_who_has_a_role_elsewhere_too_are_out_of_reach() {
        // given
        var admin = DemoStructure.staff("admin");
        var peer = made(grant("supervisor", scope("community")));
        var elsewhereToo = made(grant("worker", scope("firm")), grant("worker", DemoStructure.firm(2)));
        var gridMemberToo = made(grant("worker", scope("firm")), grant("grid_member", scope("community")));

        // then
        assertOutOfReach("district-supervisor", admin);
        assertOutOfReach("community-supervisor-1", peer);
        assertOutOfReach("dispatcher-1", elsewhereToo);
        assertOutOfReach("dispatcher-1", gridMemberToo);
        assertOutOfReach("community-supervisor-1", gridMemberToo);
        assertThat(desk.get("town-supervisor", peer).status()).isEqualTo(200);
    }

    private UUID made(JsonObject... grants) {
        return desk.create("admin", username(), grants).withStatus(201).id();
    }

    private void assertOutOfReach(String caller, UUID id) {
        assertProblem(desk.get(caller, id), 404, "not_found");
        assertProblem(desk.patch(caller, id, new JsonObject().put("name", "某某")), 404, "not_found");
        assertProblem(desk.patch(caller, id, grants(grant("worker", scope("firm")))), 404, "not_found");
        assertProblem(desk.suspend(caller, id), 404, "not_found");
        assertProblem(desk.act(caller, id, "resume"), 404, "not_found");
        assertProblem(desk.act(caller, id, "reset-password"), 404, "not_found");
    }

    @Test
    void the_list_has_those_below_and_oneself_and_no_others() {
        // when
        var ofDispatcher = desk.usernames("dispatcher-2", "?limit=100");
        var ofSupervisor = desk.usernames("community-supervisor-2", "?limit=100");

        // then
        assertThat(ofDispatcher).contains("dispatcher-2", "worker-2").doesNotContain("worker-1", "admin");
        assertThat(ofSupervisor)
                .contains("community-supervisor-2")
                .doesNotContain("grid-member-2", "community-supervisor-1", "town-supervisor");
        assertThat(desk.usernames("admin", "?limit=100")).contains("admin", "worker-3", "canteen-operator-4");
        assertThat(desk.usernames("admin", "?limit=100")).doesNotContain("far-supervisor");
    }

    @Test
    void the_list_is_narrowed_by_role_scope_and_name_and_is_paged() {
        assertThat(desk.usernames("admin", "?role=canteen_operator&scopeId=" + scope("canteen") + "&query=canteen"))
                .containsExactly("canteen-operator-1");
        assertThat(desk.named("admin", "郭爱民")).containsExactly("dispatcher-1");
        assertThat(desk.named("admin", " 郭 爱民")).containsExactly("dispatcher-1");
        assertThat(desk.named("admin", "郭爱")).isEmpty();
        assertThat(desk.usernames("admin", "?query=community-superv")).hasSize(3);
        assertThat(desk.usernames("admin", "?query=community_superv")).isEmpty();

        // when
        var seen = new HashSet<String>();
        var path = "?limit=7";
        while (path != null) {
            var page = APP.staff("admin").get("/v1/staff" + path).json();
            page.getJsonArray("items")
                    .forEach(each -> assertThat(seen.add(((JsonObject) each).getString("id")))
                            .isTrue());
            var cursor = page.getString("nextCursor");
            path = cursor == null ? null : "?limit=7&cursor=" + cursor;
        }

        // then
        assertThat(seen).hasSizeGreaterThan(19);
    }
}
