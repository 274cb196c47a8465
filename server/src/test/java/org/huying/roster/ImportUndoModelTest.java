package org.huying.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.huying.db.Rows;
import org.huying.kernel.spelling.NormalForm;
import org.huying.testing.TestApp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports over one another, changes between, and taking back in any order, held against a model of a few lines. */
@Tag("long")
class ImportUndoModelTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final ImportActs ACTS = new ImportActs(APP);
    private static final int PEOPLE = 12;
    private static final int IMPORTS = 3;

    /** Somebody as they stand. */
    private record State(@Nullable String phone, boolean verified) {}

    /** What a row did: made somebody, or added to them. */
    private record Effect(int person, boolean made, State after, boolean addedPhone, boolean addedVerified) {}

    private final Map<Integer, State> model = new TreeMap<>();

    /** It is on record for ever that something was added to them. */
    private final Set<Integer> changed = new HashSet<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void onlyWhatNobodyElseHasTouchedIsTakenBack(long seed) {
        // given
        var random = new Random(seed);
        var home = "模型户" + seed;
        var household = ("小区,地址\n书香苑," + home).getBytes(StandardCharsets.UTF_8);
        ACTS.written("households", household, ACTS.digest("households", household), "");
        var done = new ArrayList<JsonObject>();
        var effects = new HashMap<String, List<Effect>>();
        for (int i = 0; i < IMPORTS; i++) {
            var lines = new ArrayList<String>();
            var ofImport = new ArrayList<Effect>();
            for (int person = 0; person < PEOPLE; person++) {
                if (random.nextInt(3) > 0) {
                    var phone = random.nextBoolean() ? phone(seed, person) : null;
                    var verified = random.nextInt(3) == 0;
                    lines.add(line(seed, person, phone, verified, home));
                    effect(person, phone, verified).ifPresent(ofImport::add);
                }
            }
            var written = ACTS.writtenAsChecked(
                    ("姓名,出生日期,证件核验,电话,小区,地址,同意说明\n" + String.join("\n", lines)).getBytes(StandardCharsets.UTF_8));
            assertThat(written.getLong("created") + written.getLong("changed")).isEqualTo(ofImport.size());
            if (!ofImport.isEmpty()) {
                done.add(written);
                effects.put(written.getString("id"), ofImport);
            }
        }
        Collections.shuffle(done, random);

        for (var each : done) {
            // when
            var touched = random.nextInt(PEOPLE);
            if (model.computeIfPresent(touched, (person, state) -> new State("1", state.verified())) != null) {
                touch(seed, touched);
            }
            ACTS.undo(each).withStatus(200);
            APP.runInnerJobs();

            // then
            var undone = takeBack(Objects.requireNonNull(effects.get(each.getString("id"))));
            var undo = APP.staff("admin")
                    .get("/v1/imports/" + each.getString("id"))
                    .json()
                    .getJsonObject("undo");
            assertThat(undo.getInteger("undone")).isEqualTo(undone);
            assertThat(people(seed)).isEqualTo(model);
        }
    }

    // ---- the model ----

    private Optional<Effect> effect(int person, @Nullable String phone, boolean verified) {
        var known = model.get(person);
        var addsPhone = phone != null && (known == null || known.phone() == null);
        var verifies = verified && (known == null || !known.verified());
        if (known != null && !addsPhone && !verifies) {
            return Optional.empty();
        }
        var after = new State(
                addsPhone ? phone : known == null ? null : known.phone(),
                verified || (known != null && known.verified()));
        model.put(person, after);
        if (known != null) {
            changed.add(person);
        }
        return Optional.of(new Effect(person, known == null, after, addsPhone, verifies));
    }

    private int takeBack(List<Effect> effects) {
        int undone = 0;
        for (var each : effects) {
            var now = model.get(each.person());
            if (now == null) {
                continue;
            }
            if (each.made() && now.equals(each.after()) && !changed.contains(each.person())) {
                model.remove(each.person());
                undone++;
            } else if (!each.made()
                    && (!each.addedPhone()
                            || Objects.equals(now.phone(), each.after().phone()))
                    && (!each.addedVerified() || now.verified())) {
                model.put(
                        each.person(),
                        new State(each.addedPhone() ? null : now.phone(), now.verified() && !each.addedVerified()));
                undone++;
            }
        }
        return undone;
    }

    // ---- the district ----

    private static String name(long seed, int person) {
        return "模型" + seed + "之" + person;
    }

    private static String phone(long seed, int person) {
        return "1396" + seed + "00" + (1000 + person);
    }

    private static String line(long seed, int person, @Nullable String phone, boolean verified, String home) {
        return name(seed, person) + ",1950-01-01," + (verified ? "是" : "否") + "," + (phone == null ? "" : phone)
                + ",书香苑," + home + ",同意";
    }

    private static void touch(long seed, int person) {
        await(APP.database()
                .inTransaction(transaction -> transaction
                        .preparedQuery("UPDATE resident SET phone_sealed = $2, phone_index = $3 WHERE name_index = $1")
                        .execute(Tuple.of(
                                APP.cipher().index(NormalForm.ofName(name(seed, person))),
                                APP.cipher().seal("1"),
                                APP.cipher().index("1")))));
    }

    private static Map<Integer, State> people(long seed) {
        var found = new TreeMap<Integer, State>();
        for (int person = 0; person < PEOPLE; person++) {
            var number = person;
            await(APP.database()
                            .read(client -> client.preparedQuery(
                                            "SELECT phone_sealed, birth_date_verified FROM resident WHERE name_index = $1")
                                    .execute(Tuple.of(APP.cipher().index(NormalForm.ofName(name(seed, number)))))
                                    .map(Rows.list(row -> new State(
                                            APP.cipher().open(row.getBuffer("phone_sealed")),
                                            row.getBoolean("birth_date_verified"))))))
                    .forEach(state -> found.put(number, state));
        }
        return found;
    }
}
