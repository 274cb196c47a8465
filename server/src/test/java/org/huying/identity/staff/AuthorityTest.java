package org.huying.identity.staff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.huying.kernel.Caller;
import org.huying.kernel.Grant;
import org.huying.kernel.Role;
import org.junit.jupiter.api.Test;

/** Who is above whom, line by line. */
class AuthorityTest {
    private final UUID district = UUID.randomUUID();
    private final UUID town = UUID.randomUUID();
    private final UUID community = UUID.randomUUID();
    private final UUID elsewhere = UUID.randomUUID();
    private final UUID firm = UUID.randomUUID();

    @Test
    void an_admin_is_above_every_role_everywhere() {
        var admin = authority(Role.ADMIN, Grant.Scope.PLACE, district);

        for (var role : Role.values()) {
            assertThat(admin.isAbove(role, List.of(elsewhere))).as(role.code()).isTrue();
        }
    }

    @Test
    void a_supervisor_is_above_the_people_of_the_grid_here_and_below_and_above_supervisors_below() {
        var supervisor = authority(Role.SUPERVISOR, Grant.Scope.PLACE, town);
        var here = List.of(district, town);
        var below = List.of(district, town, community);

        for (var role : List.of(Role.GRID_MEMBER, Role.HOTLINE_AGENT)) {
            assertThat(supervisor.isAbove(role, here)).isTrue();
            assertThat(supervisor.isAbove(role, below)).isTrue();
            assertThat(supervisor.isAbove(role, List.of(district))).isFalse();
            assertThat(supervisor.isAbove(role, List.of(district, elsewhere))).isFalse();
        }
        assertThat(supervisor.isAbove(Role.SUPERVISOR, below)).isTrue();
        assertThat(supervisor.isAbove(Role.SUPERVISOR, here)).isFalse();
        for (var role : List.of(Role.ADMIN, Role.DISPATCHER, Role.WORKER, Role.CANTEEN_OPERATOR)) {
            assertThat(supervisor.isAbove(role, below)).as(role.code()).isFalse();
        }
    }

    @Test
    void a_dispatcher_is_above_the_workers_of_the_same_organization_only() {
        var dispatcher = authority(Role.DISPATCHER, Grant.Scope.ORGANIZATION, firm);

        assertThat(dispatcher.isAbove(Role.WORKER, List.of(firm))).isTrue();
        assertThat(dispatcher.isAbove(Role.WORKER, List.of(elsewhere))).isFalse();
        assertThat(dispatcher.isAbove(Role.DISPATCHER, List.of(firm))).isFalse();
    }

    @Test
    void nobody_else_is_above_anybody() {
        for (var role : List.of(Role.GRID_MEMBER, Role.HOTLINE_AGENT, Role.WORKER, Role.CANTEEN_OPERATOR)) {
            var authority = authority(role, Grant.Scope.PLACE, town);
            assertThat(authority).isEqualTo(new Authority(false, List.of()));
        }
    }

    private Authority authority(Role role, Grant.Scope kind, UUID scopeId) {
        return Authority.of(new Caller(
                UUID.randomUUID(),
                district,
                UUID.randomUUID(),
                Caller.Kind.STAFF,
                List.of(new Grant(role, kind, scopeId))));
    }
}
