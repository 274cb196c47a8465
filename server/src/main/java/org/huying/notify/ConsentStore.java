package org.huying.notify;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.db.Rows;
import org.huying.kernel.Ids;

/** The ledger of consents to WeChat messages: one consent, one message. */
final class ConsentStore {
    /** What became of the message that a consent was spent on. */
    enum Result {
        SENT,
        REFUSED,
        GIVEN_UP
    }

    /**
     * Adds one of each template, if the person is a resident of the district.
     *
     * @param keptMax how many of a template are kept for a person
     */
    Future<Void> give(
            SqlConnection transaction,
            UUID districtId,
            UUID personId,
            Collection<Template> templates,
            Instant now,
            int keptMax) {
        return transaction
                .preparedQuery(ConsentSql.LOCK_PERSON)
                .execute(Tuple.of(districtId, personId))
                .compose(locked -> transaction
                        .preparedQuery(ConsentSql.GIVE)
                        .execute(Tuple.tuple()
                                .addUUID(districtId)
                                .addArrayOfUUID(Rows.stream(locked)
                                        .map(row -> row.getUUID("id"))
                                        .toArray(UUID[]::new))
                                .addArrayOfUUID(templates.stream()
                                        .map(each -> Ids.next())
                                        .toArray(UUID[]::new))
                                .addArrayOfString(
                                        templates.stream().map(Template::code).toArray(String[]::new))
                                .addOffsetDateTime(Rows.utc(now))
                                .addInteger(keptMax)))
                .mapEmpty();
    }

    Future<Map<Template, Integer>> remaining(SqlClient client, UUID districtId, UUID personId) {
        return client.preparedQuery(ConsentSql.REMAINING)
                .execute(Tuple.of(districtId, personId))
                .map(rows -> Rows.stream(rows)
                        .collect(Collectors.toMap(
                                row -> Template.of(row.getString("template")), row -> row.getInteger("remaining"))));
    }

    /** Spends one on the notice; false where the recipient has none. */
    Future<Boolean> spend(
            SqlConnection transaction, UUID districtId, Template template, Notification notification, Instant now) {
        return transaction
                .preparedQuery(ConsentSql.SPEND)
                .execute(Tuple.of(
                        districtId, notification.recipientId(), template.code(), notification.id(), Rows.utc(now)))
                .map(rows -> rows.size() > 0);
    }

    Future<Void> move(SqlClient client, UUID districtId, UUID fromId, UUID toId) {
        return client.preparedQuery(ConsentSql.MOVE)
                .execute(Tuple.of(districtId, fromId, toId))
                .mapEmpty();
    }

    Future<Boolean> isSpentOn(SqlConnection transaction, UUID districtId, UUID notificationId) {
        return transaction
                .preparedQuery(ConsentSql.SPENT_ON)
                .execute(Tuple.of(districtId, notificationId))
                .map(rows -> rows.size() > 0);
    }

    Future<Void> settle(SqlConnection transaction, UUID districtId, UUID notificationId, Result result) {
        return transaction
                .preparedQuery(ConsentSql.SETTLE)
                .execute(Tuple.of(districtId, notificationId, result.name().toLowerCase(Locale.ROOT)))
                .mapEmpty();
    }

    Future<Void> erase(SqlConnection transaction, UUID districtId, UUID personId) {
        return transaction
                .preparedQuery(ConsentSql.ERASE)
                .execute(Tuple.of(districtId, personId))
                .mapEmpty();
    }

    /** As if it had not been spent. */
    Future<Void> takeBack(SqlConnection transaction, UUID districtId, UUID notificationId) {
        return transaction
                .preparedQuery(ConsentSql.TAKE_BACK)
                .execute(Tuple.of(districtId, notificationId))
                .mapEmpty();
    }
}
