package org.huying.ticket.digest;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.http.Cursor;
import org.jspecify.annotations.Nullable;

/** Published digests, and the heads that they are made of. */
final class DigestStore {
    /** The digest that the next one follows from. */
    record Latest(LocalDate date, String digest) {}

    /** Keeps other publishers away until the transaction ends; the district's zone. */
    Future<ZoneId> lock(SqlClient transaction, UUID districtId) {
        return transaction
                .preparedQuery(DigestSql.LOCK)
                .execute(Tuple.of(districtId))
                .map(rows -> ZoneId.of(rows.iterator().next().getString("zone")));
    }

    Future<Optional<Latest>> latest(SqlClient client, UUID districtId) {
        return client.preparedQuery(DigestSql.LATEST)
                .execute(Tuple.of(districtId))
                .map(Rows.first(row -> new Latest(row.getLocalDate("day"), row.getString("digest"))));
    }

    Future<Optional<Instant>> firstEventAt(SqlClient client, UUID districtId) {
        return client.preparedQuery(DigestSql.FIRST_EVENT)
                .execute(Tuple.of(districtId))
                .map(Rows.first(row -> Rows.instant(row, "at")));
    }

    Future<List<LogDigest.Head>> heads(SqlClient client, UUID districtId, LogDay day) {
        return client.preparedQuery(DigestSql.HEADS)
                .execute(Tuple.of(districtId, Rows.utc(day.from()), Rows.utc(day.until())))
                .map(Rows.list(LogDigest.Head::from));
    }

    Future<Void> publish(SqlClient transaction, LogDigest digest, Instant now) {
        var heads = digest.heads();
        return transaction
                .preparedQuery(DigestSql.PUBLISH)
                .execute(Tuple.of(
                                digest.districtId(),
                                digest.date(),
                                digest.chains(),
                                digest.events(),
                                digest.previousDigest(),
                                digest.digest())
                        .addOffsetDateTime(Rows.utc(now))
                        .addInteger(digest.format()))
                .compose(published -> transaction
                        .preparedQuery(DigestSql.KEEP_HEADS)
                        .execute(Tuple.tuple()
                                .addUUID(digest.districtId())
                                .addLocalDate(digest.date())
                                .addValue(heads.stream()
                                        .map(LogDigest.Head::ticketId)
                                        .toArray(UUID[]::new))
                                .addValue(
                                        heads.stream().map(LogDigest.Head::seq).toArray(Integer[]::new))
                                .addValue(
                                        heads.stream().map(LogDigest.Head::hash).toArray(String[]::new))
                                .addValue(heads.stream()
                                        .map(LogDigest.Head::actors)
                                        .toArray(String[]::new))))
                .mapEmpty();
    }

    Future<List<PublishedDigest>> list(
            SqlClient client, @Nullable LocalDate date, @Nullable UUID districtId, @Nullable Cursor after, int limit) {
        return client.preparedQuery(DigestSql.LIST)
                .execute(Tuple.tuple()
                        .addLocalDate(date)
                        .addUUID(districtId)
                        .addLocalDate(after == null ? null : after.date(0))
                        .addUUID(after == null ? null : after.uuid(1))
                        .addInteger(limit))
                .map(Rows.list(PublishedDigest::from));
    }
}
