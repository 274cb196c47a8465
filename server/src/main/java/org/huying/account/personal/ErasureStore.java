package org.huying.account.personal;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.db.personal.PersonalData.Person;

/** Where somebody is to be found. */
final class ErasureStore {
    private static final String DISTRICTS = """
            SELECT district_id FROM person_district WHERE person_id = $1 ORDER BY district_id
            """;

    private ErasureStore() {}

    /** As one of each district that knows them. */
    static Future<List<Person>> everywhere(SqlClient client, UUID personId) {
        return client.preparedQuery(DISTRICTS)
                .execute(Tuple.of(personId))
                .map(Rows.list(row -> new Person(row.getUUID("district_id"), personId)));
    }
}
