package org.huying.demo.district;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.huying.kernel.Caller;
import org.huying.kernel.Grant;
import org.huying.kernel.Role;

/** The people of a district as callers, by the names in {@code demo/districts.yaml}. */
final class Cast {
    private final DemoIds ids;
    private final UUID sessionId;
    private final Map<String, Caller> staff = new HashMap<>();
    private final Map<UUID, String> handlers = new HashMap<>();
    private final Map<String, String> proxies = new HashMap<>();

    Cast(DemoData.District district) {
        this.ids = district.ids();
        this.sessionId = ids.id("session");
        for (var line : district.staff()) {
            var grants = line.grants().stream().map(this::grant).toList();
            staff.put(line.anyKey(), caller(ids.staff(line.anyKey()), Caller.Kind.STAFF, grants));
        }
        for (var organization : district.organizations()) {
            handlers.put(ids.organization(organization.key()), handlerOf(organization.key()));
        }
        district.elders().forEach(elder -> proxies.put(elder.key(), Objects.requireNonNull(elder.proxy())));
    }

    Caller staff(String username) {
        return Objects.requireNonNull(staff.get(username), username);
    }

    Caller resident(String key) {
        return caller(ids.person(key), Caller.Kind.RESIDENT, List.of());
    }

    /** The person, or for an elder without a login the one who holds their mandate. */
    Caller residentOrProxy(String key) {
        return resident(proxies.getOrDefault(key, key));
    }

    /** Who acts as dispatcher of an organization. */
    Caller handlerOf(UUID organizationId) {
        return staff(Objects.requireNonNull(handlers.get(organizationId)));
    }

    private static String handlerOf(String organization) {
        if (organization.startsWith("office-")) {
            var place = organization.substring("office-".length());
            return place.startsWith("community-")
                    ? "community-supervisor-" + place.substring("community-".length())
                    : place + "-supervisor";
        }
        return organization.replace("firm-", "dispatcher-");
    }

    private Grant grant(DemoData.GrantLine line) {
        var role = Role.valueOf(line.role().toUpperCase(Locale.ROOT));
        if (line.place() != null) {
            return new Grant(role, Grant.Scope.PLACE, ids.place(line.place()));
        }
        return line.organization() != null
                ? new Grant(role, Grant.Scope.ORGANIZATION, ids.organization(line.organization()))
                : new Grant(role, Grant.Scope.CANTEEN, ids.canteen(Objects.requireNonNull(line.canteen())));
    }

    private Caller caller(UUID personId, Caller.Kind kind, List<Grant> grants) {
        return new Caller(personId, ids.districtId(), sessionId, kind, grants);
    }
}
