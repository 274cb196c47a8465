package org.huying.canteen.admin;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.huying.canteen.Canteen;
import org.huying.canteen.PeriodRule;
import org.huying.canteen.SubsidyBand;
import org.huying.db.Rows;
import org.huying.kernel.Ids;
import org.huying.kernel.Versions;
import org.jspecify.annotations.Nullable;

/** Writes down canteens, their usual times and their subsidies, without asking who does it: that is for the operations. */
public final class CanteenRegister {
    public Future<Canteen> create(SqlConnection transaction, UUID districtId, NewCanteen asked) {
        var made = new Canteen(
                Ids.next(), Versions.FIRST, asked.placeId(), asked.name(), asked.address(), asked.delivers());
        return write(transaction, RegisterSql.INSERT_CANTEEN, districtId, made)
                .compose(done -> insertPeriods(transaction, districtId, made.id(), asked.periods()))
                .map(made);
    }

    /** The canteen begins with the subsidies of the district, where it has any, from this day on. */
    Future<Void> startPolicy(SqlConnection transaction, UUID districtId, UUID canteenId, LocalDate from) {
        return transaction
                .preparedQuery(RegisterSql.START_POLICY)
                .execute(Tuple.of(districtId, canteenId, from))
                .mapEmpty();
    }

    /** In place of the bands that the day had, if any. What is booked already stays as it is. */
    public Future<Void> setPolicy(SqlConnection transaction, UUID districtId, SubsidyPolicy policy) {
        var bands = policy.bands();
        return deletePolicy(transaction, districtId, policy.canteenId(), policy.effectiveFrom())
                .compose(done -> transaction
                        .preparedQuery(RegisterSql.INSERT_BANDS)
                        .execute(Tuple.tuple()
                                .addUUID(districtId)
                                .addUUID(policy.canteenId())
                                .addLocalDate(policy.effectiveFrom())
                                .addValue(
                                        bands.stream().map(SubsidyBand::fromAge).toArray(Integer[]::new))
                                .addValue(bands.stream().map(SubsidyBand::toAge).toArray(Integer[]::new))
                                .addValue(bands.stream()
                                        .map(SubsidyBand::amountFen)
                                        .toArray(Integer[]::new))))
                .mapEmpty();
    }

    Future<Void> lock(SqlConnection transaction, UUID districtId, UUID canteenId) {
        return transaction
                .preparedQuery(RegisterSql.LOCK_CANTEEN)
                .execute(Tuple.of(districtId, canteenId))
                .mapEmpty();
    }

    Future<Void> update(SqlConnection transaction, UUID districtId, Canteen canteen) {
        return write(transaction, RegisterSql.UPDATE_CANTEEN, districtId, canteen);
    }

    Future<List<PeriodRule>> periods(SqlClient client, UUID districtId, UUID canteenId) {
        return client.preparedQuery(RegisterSql.PERIODS)
                .execute(Tuple.of(districtId, canteenId))
                .map(Rows.list(PeriodRule::from));
    }

    /** In place of all that there are; meals that exist keep their times. */
    Future<Void> replacePeriods(SqlConnection transaction, UUID districtId, UUID canteenId, List<PeriodRule> periods) {
        return transaction
                .preparedQuery(RegisterSql.DELETE_PERIODS)
                .execute(Tuple.of(districtId, canteenId))
                .compose(done -> insertPeriods(transaction, districtId, canteenId, periods));
    }

    /** The newest first; those before a day only where one is given. */
    Future<List<SubsidyPolicy>> policies(
            SqlClient client, UUID districtId, UUID canteenId, @Nullable LocalDate before, int limit) {
        return client.preparedQuery(RegisterSql.POLICIES)
                .execute(Tuple.of(districtId, canteenId, before, limit))
                .map(rows -> {
                    var bands = new LinkedHashMap<LocalDate, List<SubsidyBand>>();
                    rows.forEach(
                            row -> bands.computeIfAbsent(row.getLocalDate("effective_from"), day -> new ArrayList<>())
                                    .add(SubsidyBand.from(row)));
                    return bands.entrySet().stream()
                            .map(each -> new SubsidyPolicy(canteenId, each.getKey(), each.getValue()))
                            .toList();
                });
    }

    /** Counts the changes of all policies of the canteen. */
    Future<Integer> policiesVersion(SqlClient client, UUID districtId, UUID canteenId) {
        return client.preparedQuery(RegisterSql.POLICIES_VERSION)
                .execute(Tuple.of(districtId, canteenId))
                .map(rows -> rows.iterator().next().getInteger("policies_version"));
    }

    Future<Void> policiesChange(SqlConnection transaction, UUID districtId, UUID canteenId) {
        return transaction
                .preparedQuery(RegisterSql.POLICIES_CHANGE)
                .execute(Tuple.of(districtId, canteenId))
                .mapEmpty();
    }

    Future<Boolean> hasPolicy(SqlClient client, UUID districtId, UUID canteenId, LocalDate effectiveFrom) {
        return client.preparedQuery(RegisterSql.HAS_POLICY)
                .execute(Tuple.of(districtId, canteenId, effectiveFrom))
                .map(rows -> rows.iterator().next().getBoolean("found"));
    }

    Future<Void> deletePolicy(SqlConnection transaction, UUID districtId, UUID canteenId, LocalDate effectiveFrom) {
        return transaction
                .preparedQuery(RegisterSql.DELETE_POLICY)
                .execute(Tuple.of(districtId, canteenId, effectiveFrom))
                .mapEmpty();
    }

    private static Future<Void> write(SqlConnection transaction, String sql, UUID districtId, Canteen canteen) {
        return transaction
                .preparedQuery(sql)
                .execute(Tuple.of(
                        districtId,
                        canteen.id(),
                        canteen.placeId(),
                        canteen.name(),
                        canteen.address(),
                        canteen.delivers()))
                .mapEmpty();
    }

    private static Future<Void> insertPeriods(
            SqlConnection transaction, UUID districtId, UUID canteenId, List<PeriodRule> rules) {
        return transaction
                .preparedQuery(RegisterSql.INSERT_PERIODS)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addUUID(canteenId)
                        .addValue(rules.stream().map(r -> r.period().code()).toArray(String[]::new))
                        .addValue(
                                rules.stream().map(PeriodRule::opensDaysBefore).toArray(Integer[]::new))
                        .addValue(rules.stream().map(PeriodRule::opensAt).toArray(LocalTime[]::new))
                        .addValue(
                                rules.stream().map(PeriodRule::cutoffDaysBefore).toArray(Integer[]::new))
                        .addValue(rules.stream().map(PeriodRule::cutoffAt).toArray(LocalTime[]::new))
                        .addValue(rules.stream().map(PeriodRule::servingEndsAt).toArray(LocalTime[]::new)))
                .mapEmpty();
    }
}
