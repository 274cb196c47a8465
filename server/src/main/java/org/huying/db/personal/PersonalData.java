package org.huying.db.personal;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What one feature keeps of people. */
public interface PersonalData {
    /** Somebody in a district. */
    record Person(UUID districtId, UUID id) {}

    /** Something that still runs, and keeps the person from being erased: {@code booking} or {@code ticket}. */
    record Unfinished(String kind, UUID id) {}

    /** All that there is about the person, as they may read it. */
    List<Section> tell(Person person);

    /** What must come to its end first; as many as help to find it. */
    default Future<List<Unfinished>> unfinished(SqlClient client, Person person) {
        return Future.succeededFuture(List.of());
    }

    /**
     * Removes what tells something of the person, and leaves what is counted. Twice is as good as once.
     *
     * @return other people to whom the service has answered with data of the person
     */
    Future<Set<UUID>> erase(SqlConnection transaction, Person person, Instant now);

    /** Locks what of two entries is always locked before people are. */
    default Future<Void> hold(SqlConnection transaction, OnePerson one) {
        return Future.succeededFuture();
    }

    /** Gives what hangs on the entry that goes to the one that stays. Twice is as good as once. */
    default Future<Void> follow(SqlConnection transaction, OnePerson one) {
        return Future.succeededFuture();
    }
}
