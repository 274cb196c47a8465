package org.huying.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Api;
import org.huying.testing.HeldTransaction;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports of staff are taken back as far as nobody has changed what they made. */
class ImportUndoStaffTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final ImportActs ACTS = new ImportActs(APP);
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final String PASSWORD = "violet tram beneath nine kettles";
    private static final int PEOPLE = 5;
    private static final int IMPORTS = 3;

    /** As a file writes them, and as an account holds them. */
    private static final Map<String, String> ROLES = new TreeMap<>(Map.of(
            "网格员,文昌社区", "grid_member " + DemoStructure.community(1),
            "网格员,东门社区", "grid_member " + DemoStructure.community(2),
            "督办员,柳桥镇/东门社区", "supervisor " + DemoStructure.community(2)));

    // ---- against a model of a few lines ----

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
                for (var role : ROLES.keySet()) {
                    if (random.nextInt(3) == 0) {
                        lines.add("model" + seed + "." + person + ",模型员," + role);
                    }
                }
            }
            Collections.shuffle(lines, random);
            var did = effectsOf(lines);
            var written = imported(lines.toArray(String[]::new));
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
            assertThat(undoOf(each).getInteger("undone")).isEqualTo(undone);
            assertThat(accounts("model" + seed)).isEqualTo(rolesOfModel());
        }
    }

    private List<Effect> effectsOf(List<String> lines) {
        var known = Set.copyOf(model.keySet());
        var did = new ArrayList<Effect>();
        for (var line : lines) {
            var cells = line.split(",", 3);
            var account = model.computeIfAbsent(cells[0], none -> new Account());
            var role = Objects.requireNonNull(ROLES.get(cells[2]));
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
        var undone = (int) did.stream().filter(each -> each.made && gone.contains(each.username)).count();
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
        var id = account(username);
        var all = List.copyOf(account.roles);
        account.touched = true;
        if (all.size() < 2) {
            suspend(id);
            APP.staff("admin").post("/v1/staff/" + id + "/resume").withStatus(200);
            return;
        }
        var one = all.get(random.nextInt(all.size()));
        lapse(username, one);
        account.roles.remove(one);
        regrant(id, account.roles);
        if (random.nextBoolean()) {
            account.roles.add(one);
            regrant(id, account.roles);
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
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> Set.copyOf(each.getValue().roles)));
    }

    // ---- one by one ----

    @Test
    void anAccountThatNobodyHasActivatedGoesWithItsCodeAndItsNameIsFree() {
        // given
        var username = username();
        var row = username + ",错名,网格员,文昌社区";
        var import_ = imported(row);
        var code = code(import_);
        var id = account(username);

        // when
        undone(import_);

        // then
        assertThat(undoOf(import_).getInteger("undone")).isOne();
        assertThat(activate(username, code).status()).isEqualTo(401);
        assertThat(ACTS.rows(import_, "created").get(0).getString("activationCode"))
                .isNull();
        var left = APP.staff("admin").get("/v1/staff/" + id).json();
        assertThat(left.getString("status")).isEqualTo("suspended");
        assertThat(left.getString("username")).isNull();
        assertThat(left.getJsonArray("grants")).isEmpty();
        assertThat(imported(username + ",对名,网格员,文昌社区").getLong("created")).isOne();
    }

    @Test
    void whoHasActivatedTheirAccountKeepsIt() {
        var username = username();
        var import_ = imported(username + ",某,网格员,文昌社区");
        activate(username, code(import_)).withStatus(200);

        undone(import_);

        assertThat(undoOf(import_).getInteger("kept")).isOne();
        assertThat(accounts(username)).containsKey(username);
    }

    /** What an activation writes, before it has ended. */
    @Test
    void whoIsJustActivatingTheirAccountKeepsIt() {
        // given
        var username = username();
        var import_ = imported(username + ",某,网格员,文昌社区");
        var held = HeldTransaction.after(APP.database(), """
                UPDATE staff_login SET password_hash = 'x', activation_hash = NULL, activation_expires_at = NULL
                WHERE username = $1
                """, username);

        // when
        ACTS.undo(import_).withStatus(200);
        var undone = CompletableFuture.runAsync(APP::runInnerJobs);
        held.untilWaiting(1, undone);
        held.commit();

        // then
        undone.join();
        assertThat(undoOf(import_).getInteger("kept")).isOne();
    }

    @Test
    void aRoleThatSomebodyElseHasGivenAgainStays() {
        // given
        var username = username();
        imported(username + ",某,网格员,文昌社区");
        var import_ = imported(username + ",某,网格员,东门社区", username + ",某,督办员,柳桥镇/东门社区");
        var id = account(username);
        var all = Set.copyOf(ROLES.values());
        regrant(id, all.stream().filter(each -> !each.startsWith("supervisor")).collect(Collectors.toSet()));
        regrant(id, all);

        // when
        undone(import_);

        // then
        assertThat(undoOf(import_).getInteger("undone")).isOne();
        assertThat(accounts(username).get(username))
                .containsExactlyInAnyOrder(ROLES.get("网格员,文昌社区"), ROLES.get("督办员,柳桥镇/东门社区"));
    }

    @Test
    void theLastAdministratorStaysOne() {
        // given
        var other = username();
        activate(other, code(imported(other + ",另管,管理员,青禾县"))).withStatus(200);
        var given = username();
        activate(given, code(imported(given + ",某,网格员,文昌社区"))).withStatus(200);
        var import_ = imported(given + ",某,管理员,青禾县", given + ",某,网格员,东门社区");
        var login = new JsonObject().put("username", given).put("password", PASSWORD);
        var they = APP.anyone()
                .bearing(APP.anyone().post("/v1/auth/staff", login).json().getString("accessToken"));
        for (var each : List.of("admin", other)) {
            they.post("/v1/staff/" + account(they, each) + "/suspend", new JsonObject().put("reason", "试"))
                    .withStatus(200);
        }

        // when
        they.post("/v1/imports/" + import_.getString("id") + "/undo").withStatus(200);
        APP.runInnerJobs();

        // then
        var state = they.get("/v1/imports/" + import_.getString("id")).json().getJsonObject("undo");
        assertThat(state.getInteger("undone")).isOne();
        assertThat(state.getInteger("kept")).isOne();
        they.post("/v1/staff/" + account(they, "admin") + "/resume").withStatus(200);
        APP.forgetLogin("admin");
    }

    // ---- acts ----

    private static JsonObject imported(String... lines) {
        var file = ("用户名,姓名,角色,范围\n" + String.join("\n", lines)).getBytes(StandardCharsets.UTF_8);
        return ACTS.written("staff", file, ACTS.digest("staff", file), "");
    }

    private static void undone(JsonObject import_) {
        ACTS.undo(import_).withStatus(200);
        APP.runInnerJobs();
    }

    private static JsonObject undoOf(JsonObject import_) {
        return APP.staff("admin")
                .get("/v1/imports/" + import_.getString("id"))
                .json()
                .getJsonObject("undo");
    }

    private static String code(JsonObject import_) {
        return ACTS.rows(import_, "created").get(0).getString("activationCode");
    }

    private static Reply activate(String username, String code) {
        return APP.anyone()
                .post(
                        "/v1/auth/activate",
                        new JsonObject()
                                .put("username", username)
                                .put("activationCode", code)
                                .put("password", PASSWORD));
    }

    private static String username() {
        return "undone." + NUMBERS.incrementAndGet();
    }

    private static UUID account(String username) {
        return account(APP.staff("admin"), username);
    }

    private static UUID account(Api by, String username) {
        return by.get("/v1/staff?limit=100&query=" + username).items().stream()
                .filter(each -> username.equals(each.getString("username")))
                .map(each -> UUID.fromString(each.getString("id")))
                .findFirst()
                .orElseThrow();
    }

    private static void suspend(UUID id) {
        APP.staff("admin")
                .post("/v1/staff/" + id + "/suspend", new JsonObject().put("reason", "调离"))
                .withStatus(200);
    }

    private static void regrant(UUID id, Set<String> roles) {
        var grants = new JsonArray();
        roles.stream()
                .map(each -> each.split(" ", 2))
                .forEach(each -> grants.add(new JsonObject().put("role", each[0]).put("scopeId", each[1])));
        APP.staff("admin").patch("/v1/staff/" + id, new JsonObject().put("grants", grants)).withStatus(200);
    }

    /** The roles of those whose user names begin so. */
    private static Map<String, Set<String>> accounts(String start) {
        return APP.staff("admin").get("/v1/staff?limit=100&query=" + start).items().stream()
                .collect(Collectors.toMap(
                        each -> each.getString("username"),
                        each -> each.getJsonArray("grants").stream()
                                .map(JsonObject.class::cast)
                                .map(grant -> grant.getString("role") + " " + grant.getString("scopeId"))
                                .collect(Collectors.toSet())));
    }
}
