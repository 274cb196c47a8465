package org.huying.metrics.publication;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.huying.db.Rows;
import org.huying.http.Cursor;
import org.huying.metrics.Frame;
import org.jspecify.annotations.Nullable;

/** Published reports, and the heads of the chains that they rest on. */
final class PublicationStore {
    Future<List<ReportDigest.Head>> heads(SqlClient client, Frame frame) {
        return client.preparedQuery(PublicationSql.HEADS)
                .execute(Tuple.of(
                        frame.districtId(), Rows.utc(frame.start()), Rows.utc(frame.end()), Rows.utc(frame.asOf())))
                .map(Rows.list(ReportDigest.Head::from));
    }

    /** An edition that another one may follow. */
    record Latest(int edition, Instant asOf) {}

    static int next(Optional<Latest> latest) {
        return latest.map(Latest::edition).orElse(0) + 1;
    }

    Future<Optional<Latest>> latest(SqlClient client, UUID districtId, YearMonth month) {
        return client.preparedQuery(PublicationSql.LATEST_EDITION)
                .execute(Tuple.of(districtId, month.atDay(1)))
                .map(Rows.first(row -> new Latest(row.getInteger("edition"), Rows.instant(row, "as_of"))));
    }

    /** Keeps other publishers of the month away until the transaction ends; the latest edition, if there is one. */
    Future<Optional<Latest>> lock(SqlClient transaction, UUID districtId, YearMonth month) {
        return transaction
                .preparedQuery(PublicationSql.LOCK)
                .execute(Tuple.of(districtId, month.atDay(1)))
                .compose(locked -> latest(transaction, districtId, month));
    }

    Future<Void> keep(SqlClient transaction, UUID districtId, Report<PublishedFigures> report) {
        return transaction
                .preparedQuery(PublicationSql.KEEP)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addUUID(report.id())
                        .addLocalDate(report.firstDay())
                        .addInteger(report.edition())
                        .addInteger(report.definition())
                        .addOffsetDateTime(Rows.utc(report.asOf()))
                        .addOffsetDateTime(Rows.utc(report.publishedAt()))
                        .addUUID(report.publishedBy().id())
                        .addValue(report.reason())
                        .addJsonObject(report.figures().toKeep())
                        .addInteger(report.tickets())
                        .addLong(report.events())
                        .addString(report.digest()))
                .mapEmpty();
    }

    Future<Optional<Report<PublishedFigures>>> find(SqlClient client, UUID districtId, UUID reportId) {
        return client.preparedQuery(PublicationSql.FIND)
                .execute(Tuple.of(districtId, reportId))
                .map(Rows.first(row -> Report.from(row, PublishedFigures::from)));
    }

    Future<List<Report<PublishedFigures.Totals>>> list(
            SqlClient client, UUID districtId, @Nullable YearMonth month, @Nullable Cursor after, int limit) {
        return client.preparedQuery(PublicationSql.LIST)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addLocalDate(month == null ? null : month.atDay(1))
                        .addOffsetDateTime(after == null ? null : Rows.utc(after.instant(0)))
                        .addUUID(after == null ? null : after.uuid(1))
                        .addInteger(limit))
                .map(Rows.list(row -> Report.from(row, PublishedFigures::totalsFrom)));
    }

    Future<List<Report<PublishedFigures>>> latest(SqlClient client, UUID districtId, YearMonth from, YearMonth to) {
        return client.preparedQuery(PublicationSql.LATEST)
                .execute(Tuple.of(districtId, from.atDay(1), to.atDay(1)))
                .map(Rows.list(row -> Report.from(row, PublishedFigures::from)));
    }
}
