package org.huying.db.seal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The values of one column. A value that somebody has changed meanwhile is under the current key already. */
final class ResealableColumn implements Resealable {
    private static final Logger LOG = LoggerFactory.getLogger(ResealableColumn.class);
    private static final int ROWS_AT_ONCE = 500;

    private final SealedColumn column;
    private final FieldCipher cipher;

    ResealableColumn(SealedColumn column, FieldCipher cipher) {
        this.column = column;
        this.cipher = cipher;
    }

    /** A value under an older key, and the same under the current one; that is null where it cannot be opened. */
    private record Change(
            List<String> at, Buffer old, @Nullable Buffer sealed) {}

    @Override
    public String name() {
        return column.name();
    }

    @Override
    public Future<Step> step(SqlConnection transaction, UUID districtId, List<String> after) {
        var from = after.isEmpty() ? column.beginning() : after;
        return transaction
                .preparedQuery(column.selectSql())
                .execute(Tuple.of(
                        districtId,
                        Buffer.buffer(new byte[] {cipher.currentKeyId()}),
                        from.toArray(String[]::new),
                        ROWS_AT_ONCE))
                .compose(rows -> {
                    var found = Rows.stream(rows).toList();
                    var last = found.size() < ROWS_AT_ONCE
                            ? null
                            : List.of(found.get(found.size() - 1).getArrayOfStrings("at"));
                    var changes = found.stream()
                            .filter(row -> row.getBuffer("old") != null)
                            .map(this::change)
                            .toList();
                    var good = changes.stream()
                            .filter(change -> change.sealed() != null)
                            .toList();
                    return write(transaction, districtId, good)
                            .map(written -> new Step(found.size(), good.size(), changes.size() - good.size(), last));
                });
    }

    private Change change(Row row) {
        var old = row.getBuffer("old");
        return new Change(List.of(row.getArrayOfStrings("at")), old, resealed(old));
    }

    private @Nullable Buffer resealed(Buffer old) {
        try {
            return cipher.sealBytes(cipher.openBytes(old));
        } catch (IllegalStateException e) {
            LOG.atError()
                    .addKeyValue("column", column.name())
                    .addKeyValue("key", FieldCipher.keyIdOf(old))
                    .log("a sealed value cannot be opened");
            return null;
        }
    }

    private Future<Void> write(SqlConnection transaction, UUID districtId, List<Change> changes) {
        if (changes.isEmpty()) {
            return Future.succeededFuture();
        }
        var values = new ArrayList<Object>(List.of(
                districtId,
                changes.stream().map(Change::old).toArray(Buffer[]::new),
                changes.stream().map(Change::sealed).toArray(Buffer[]::new)));
        for (int i = 0; i < column.key().size(); i++) {
            int part = i;
            values.add(changes.stream().map(change -> change.at().get(part)).toArray(String[]::new));
        }
        return transaction
                .preparedQuery(column.updateSql())
                .execute(Tuple.wrap(values))
                .mapEmpty();
    }
}
