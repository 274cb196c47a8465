package org.huying.identity.household;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.kernel.Ids;
import org.huying.kernel.spelling.NormalForm;

/** Many households at once, for who takes them in from elsewhere. */
public final class HouseholdBatch {
    /** Where a household is; the same however the address is spelled. */
    public record Home(UUID compoundId, NormalForm address) {
        public static Home of(UUID compoundId, String address) {
            return new Home(compoundId, NormalForm.ofName(address));
        }
    }

    /** One to be made. */
    public record NewHousehold(UUID compoundId, String address) {}

    private final FieldCipher cipher;

    public HouseholdBatch(FieldCipher cipher) {
        this.cipher = cipher;
    }

    /** Those that there are, with their ids. */
    public Future<Map<Home, UUID>> find(SqlClient client, UUID districtId, Collection<Home> homes) {
        var byKey = new HashMap<Map.Entry<UUID, Buffer>, Home>();
        homes.forEach(home -> byKey.put(Map.entry(home.compoundId(), cipher.index(home.address())), home));
        var keys = List.copyOf(byKey.keySet());
        return client.preparedQuery(HouseholdSql.FIND_ALL)
                .execute(Tuple.of(
                        districtId,
                        keys.stream().map(Map.Entry::getKey).toArray(UUID[]::new),
                        keys.stream().map(Map.Entry::getValue).toArray(Buffer[]::new)))
                .map(rows -> {
                    var found = new HashMap<Home, UUID>();
                    Rows.stream(rows).forEach(row -> {
                        var home = byKey.get(Map.entry(row.getUUID("compound_id"), row.getBuffer("address_index")));
                        if (home != null) {
                            found.put(home, row.getUUID("id"));
                        }
                    });
                    return found;
                });
    }

    /** Those that are there already stay as they are. */
    public Future<Void> insert(SqlClient transaction, UUID districtId, List<NewHousehold> households) {
        return transaction
                .preparedQuery(HouseholdSql.INSERT_ALL)
                .execute(Tuple.of(
                        districtId,
                        households.stream().map(each -> Ids.next()).toArray(UUID[]::new),
                        households.stream().map(NewHousehold::compoundId).toArray(UUID[]::new),
                        households.stream()
                                .map(each -> cipher.seal(each.address()))
                                .toArray(Buffer[]::new),
                        households.stream()
                                .map(each -> cipher.index(NormalForm.ofName(each.address())))
                                .toArray(Buffer[]::new)))
                .mapEmpty();
    }
}
