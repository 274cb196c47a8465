package org.huying.demo.district;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.huying.db.FieldCipher;

/**
 * Everything of the demo districts but what happened in them: places, organizations, people, canteens, the catalogue.
 * Quick to load, so it is the fixture of tests too; the ids below are those of the first district.
 */
public final class DemoStructure {
    /** Of every demo staff login. */
    public static final String PASSWORD = "huying-demo";

    /** How long before the load people are said to have come: longer than the history. */
    static final int SETTLED_DAYS = 120;

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final int DAYS_AHEAD = 6;
    private static final List<String> PERIODS = List.of("breakfast", "lunch", "dinner");

    private static final DemoIds HERE = new DemoIds("demo");
    private static final DemoIds FAR = new DemoIds("far");

    private final DemoData data;
    private final FieldCipher cipher;
    private final String passwordHash;

    /** @param passwordHash of {@link #PASSWORD}, one for all */
    public DemoStructure(FieldCipher cipher, String passwordHash) {
        this(DemoData.load(), cipher, passwordHash);
    }

    DemoStructure(DemoData data, FieldCipher cipher, String passwordHash) {
        this.data = data;
        this.cipher = cipher;
        this.passwordHash = passwordHash;
    }

    /** Into an empty database, meals of today and the next six days included; {@code client} should be a transaction. */
    public Future<Void> load(SqlClient client, Instant now) {
        var since = now.minus(Duration.ofDays(SETTLED_DAYS));
        var batches = new ArrayList<Batch>();
        for (var district : data.districts()) {
            batches.addAll(new PlaceRows(data, district, cipher).batches());
            batches.addAll(new PeopleRows(district, cipher, passwordHash, since, now).batches());
            batches.addAll(new CanteenRows(data, district).canteens(dayOf(since)));
            batches.add(CatalogueRows.of(district.ids().districtId(), data.items(), since));
        }
        return Batch.runAll(batches, client).compose(done -> publishMeals(client, now));
    }

    /** What is missing of the meals of today and the next six days. */
    public Future<Void> publishMeals(SqlClient client, Instant now) {
        var batches = new ArrayList<Batch>();
        for (var district : data.districts()) {
            batches.add(
                    new CanteenRows(data, district).meals(dayOf(now), dayOf(now).plusDays(DAYS_AHEAD), now, PERIODS));
            batches.add(new Batch(
                    StructureSql.INSERT_DEADLINES,
                    List.of(Tuple.of(district.ids().districtId(), dayOf(now)))));
        }
        return Batch.runAll(batches, client);
    }

    /** The meals of the days that the history is about, in the first district. */
    Future<Void> publishPastMeals(SqlClient client, LocalDate today, Instant now) {
        var rows = new CanteenRows(data, data.district("demo"));
        return rows.meals(today.minusDays(HistoryPlan.DAYS), today.minusDays(1), now, VisitPlan.PERIODS)
                .run(client);
    }

    static LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, ZONE);
    }

    /** The ids of the first district, the default one. */
    public static DemoIds here() {
        return HERE;
    }

    /** The ids of the second district. Its resident is {@code person("far-1")}. */
    public static DemoIds far() {
        return FAR;
    }

    public static UUID districtId() {
        return HERE.districtId();
    }

    public static UUID place(String key) {
        return HERE.place(key);
    }

    public static UUID community(int number) {
        return HERE.community(number);
    }

    public static UUID compound(int number) {
        return HERE.compound(number);
    }

    public static UUID grid(int number) {
        return HERE.grid(number);
    }

    public static UUID firm(int number) {
        return HERE.firm(number);
    }

    public static UUID office(String placeKey) {
        return HERE.office(placeKey);
    }

    public static UUID household(int number) {
        return HERE.household(number);
    }

    public static UUID resident(int number) {
        return HERE.resident(number);
    }

    public static UUID elder(int number) {
        return HERE.elder(number);
    }

    public static UUID staff(String username) {
        return HERE.staff(username);
    }

    public static UUID canteen(int number) {
        return HERE.canteen(number);
    }

    public static UUID meal(int canteenNumber, LocalDate date, String period) {
        return HERE.meal(canteenNumber, date, period);
    }

    /** The compound of the household and resident of this number, 1 to 40. */
    public static int compoundNumberOf(int resident) {
        return (resident - 1) % 6 + 1;
    }

    /** The firm that serves it. */
    public static int firmNumberOf(int resident) {
        return (compoundNumberOf(resident) + 1) / 2;
    }
}
