package org.huying.identity.household;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.identity.Imprint;
import org.huying.kernel.Ids;
import org.huying.kernel.spelling.NormalForm;
import org.jspecify.annotations.Nullable;

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

    /**
     * Those that are there already stay as they are. What was made, each where it stands among them, and nothing where it was
     * there.
     */
    public Future<List<@Nullable Imprint>> insert(
            SqlClient transaction, UUID districtId, List<NewHousehold> households) {
        var ids = households.stream().map(each -> Ids.next()).toArray(UUID[]::new);
        return transaction
                .preparedQuery(HouseholdSql.INSERT_ALL)
                .execute(Tuple.of(
                        districtId,
                        ids,
                        households.stream().map(NewHousehold::compoundId).toArray(UUID[]::new),
                        households.stream()
                                .map(each -> cipher.seal(each.address()))
                                .toArray(Buffer[]::new),
                        households.stream()
                                .map(each -> cipher.index(NormalForm.ofName(each.address())))
                                .toArray(Buffer[]::new)))
                .compose(done ->
                        transaction.preparedQuery(HouseholdSql.IMPRINTS).execute(Tuple.of(districtId, (Object) ids)))
                .map(rows -> {
                    var made = new HashMap<UUID, Imprint>();
                    Rows.stream(rows).forEach(row -> {
                        var id = row.getUUID("id");
                        made.put(id, new Imprint(id, row.getString("seen"), null, null, null, null, null));
                    });
                    return Stream.of(ids).<@Nullable Imprint>map(made::get).toList();
                });
    }

    /** Of these the ones that are gone: not those that have changed since, or on which anything rests. */
    public Future<Set<UUID>> takeBack(SqlClient transaction, UUID districtId, Collection<Imprint> made) {
        return transaction
                .preparedQuery(HouseholdSql.TAKE_BACK)
                .execute(Tuple.of(
                        districtId,
                        made.stream().map(Imprint::id).toArray(UUID[]::new),
                        made.stream().map(Imprint::row).toArray(String[]::new)))
                .map(rows -> Rows.stream(rows).map(row -> row.getUUID("id")).collect(Collectors.toSet()));
    }
}
