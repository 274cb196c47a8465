package org.huying.place.admin;

import java.util.UUID;
import org.huying.place.Organization;
import org.jspecify.annotations.Nullable;

/** An organization as the contract shows it. */
record OrganizationView(
        UUID id,
        int version,
        String kind,
        String name,
        @Nullable UUID officePlaceId) {
    static OrganizationView of(Organization organization) {
        return new OrganizationView(
                organization.id(),
                organization.version(),
                organization.kind(),
                organization.name(),
                organization.officePlaceId());
    }
}
