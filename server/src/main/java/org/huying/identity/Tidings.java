package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

/** Where people are told what became of their households and mandates; whoever brings it knows this room, not we them. */
@FunctionalInterface
public interface Tidings {
    /**
     * Something that matters to a person.
     *
     * @param kind      the code of a notice
     * @param subjectId the household or the mandate
     * @param facts     what the words are made of; nothing personal
     */
    record Tiding(UUID recipientId, String kind, UUID subjectId, JsonObject facts) {}

    /** As good as told when the transaction commits. */
    Future<Void> tell(SqlClient transaction, UUID districtId, Collection<Tiding> tidings, Instant now);
}
