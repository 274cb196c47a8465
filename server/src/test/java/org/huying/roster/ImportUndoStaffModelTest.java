package org.huying.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports of staff over one another, changes between, and taking back in any order, held against a model of a few lines. */
class ImportUndoStaffModelTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final ImportActs ACTS = new ImportActs(APP);
    private static final StaffImports STAFF = new StaffImports(APP);
    private static final int PEOPLE = 5;
    private static final int IMPORTS = 3;

    private static final class Account {
        private boolean touched;
        private final Set<String> roles = new TreeSet<>();
    }

    /** What a row did; it lapses when somebody else takes the role, or gives it again. */
    private static final class Effect {
        private final String username;
        private final String role;
        private final boolean made;
        private boolean lapsed;

        private Effect(String username, String role, boolean made) {
            this.username = username;
            this.role = role;
            this.made = made;
        }
    }

    private final Map<String, Account> model = new TreeMap<>();
    private final Map<String, List<Effect>> effects = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void onlyWhatNobodyElseHasTouchedIsTakenBack(long seed) {
        // given
        var random = new Random(seed);
        var done = new ArrayList<JsonObject>();
        for (int i = 0; i < IMPORTS; i++) {
            var lines = new ArrayList<String>();
            for (int person = 0; person < PEOPLE; person++) {
                for (var role : StaffImports.ROLES.keySet()) {
                    if (random.nextInt(3) == 0) {
                        lines.add("model" + seed + "." + person + ",模型员," + role);
                    }
                }
            }
            Collections.shuffle(lines, random);
            var did = effectsOf(lines);
            var written = STAFF.imported(lines.toArray(String[]::new));
            assertThat(written.getLong("created") + written.getLong("changed")).isEqualTo(did.size());
            effects.put(written.getString("id"), did);
            if (!did.isEmpty()) {
                done.add(written);
            }
        }
        Collections.shuffle(done, random);

        for (var each : done) {
            // when
            touch("model" + seed + "." + random.nextInt(PEOPLE), random);
            ACTS.undo(each).withStatus(200);
            APP.runInnerJobs();

            // then
            var undone = takeBack(Objects.requireNonNull(effects.get(each.getString("id"))));
            assertThat(STAFF.undoOf(each).getInteger("undone")).isEqualTo(undone);
            assertThat(STAFF.accounts("model" + seed)).isEqualTo(rolesOfModel());
        }
    }

    private List<Effect> effectsOf(List<String> lines) {
        var known = Set.copyOf(model.keySet());
        var did = new ArrayList<Effect>();
        for (var line : lines) {
            var cells = line.split(",", 3);
            var account = model.computeIfAbsent(cells[0], none -> new Account());
            var role = Objects.requireNonNull(StaffImports.ROLES.get(cells[2]));
            if (account.roles.add(role)) {
                var isMade = !known.contains(cells[0]);
                account.touched |= !isMade;
                did.add(new Effect(cells[0], role, isMade));
            }
        }
        return did;
    }

    private int takeBack(List<Effect> did) {
        var gone = did.stream()
                .filter(each -> each.made && model.containsKey(each.username) && !model.get(each.username).touched)
                .map(each -> each.username)
                .collect(Collectors.toSet());
        gone.forEach(model::remove);
        var undone = (int) did.stream()
                .filter(each -> each.made && gone.contains(each.username))
                .count();
        for (var each : did) {
            var account = model.get(each.username);
            if (!each.made && account != null && !each.lapsed && account.roles.remove(each.role)) {
                account.touched = true;
                lapse(each.username, each.role);
                undone++;
            }
        }
        return undone;
    }

    /** Somebody else suspends the account, takes one of its roles, or takes it and gives it again. */
    private void touch(String username, Random random) {
        var account = model.get(username);
        if (account == null) {
            return;
        }
        var id = STAFF.account(username);
        var all = List.copyOf(account.roles);
        account.touched = true;
        if (all.size() < 2) {
            STAFF.suspend(id);
            APP.staff("admin").post("/v1/staff/" + id + "/resume").withStatus(200);
            return;
        }
        var one = all.get(random.nextInt(all.size()));
        lapse(username, one);
        account.roles.remove(one);
        STAFF.regrant(id, account.roles);
        if (random.nextBoolean()) {
            account.roles.add(one);
            STAFF.regrant(id, account.roles);
        }
    }

    private void lapse(String username, String role) {
        effects.values().stream()
                .flatMap(List::stream)
                .filter(each -> each.username.equals(username) && each.role.equals(role))
                .forEach(each -> each.lapsed = true);
    }

    private Map<String, Set<String>> rolesOfModel() {
        return model.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> Set.copyOf(each.getValue().roles)));
    }
}
