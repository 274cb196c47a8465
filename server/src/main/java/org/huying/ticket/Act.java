package org.huying.ticket;

import io.vertx.sqlclient.SqlClient;
import java.util.Map;
import java.util.UUID;
import org.huying.place.Organization;

/**
 * One action about to be done: by whom, on what, with what.
 *
 * @param found         the tickets locked for it, this one and the other where there is one
 * @param organizations the responsible one and the first owner, by id
 */
record Act(
        SqlClient client,
        Viewer viewer,
        Action action,
        ActionInput input,
        Author author,
        Change change,
        Map<UUID, Dossier> found,
        Map<UUID, Organization> organizations) {
    /** The ticket as it is now. */
    TicketState ticket() {
        return change.state();
    }

    UUID districtId() {
        return change.districtId();
    }

    Organization responsible() {
        var organization = organizations.get(ticket().responsibleOrgId);
        if (organization == null) {
            throw new IllegalStateException("no organization " + ticket().responsibleOrgId);
        }
        return organization;
    }
}
