package org.huying.place.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** However the tree is edited, by one administrator or by many at once, every path is the walk up the parents. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class TreeEditsTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final List<String> LEVELS = List.of("district", "town", "community", "compound");
    private static final int NAMES = 12;
    private static final int STEPS = 400;
    private static final int ADMINISTRATORS = 6;
    private static final int STEPS_EACH = 80;

    /** A path that is not the walk up, a parent that is not one level up, a name that is twice, a missing office. */
    private static final String BROKEN = """
            WITH RECURSIVE walk AS (
                SELECT id, ARRAY[id] AS path, 0 AS depth FROM place WHERE district_id = $1 AND parent_id IS NULL
                UNION ALL
                SELECT p.id, w.path || p.id, w.depth + 1 FROM place p JOIN walk w ON p.parent_id = w.id
                WHERE p.district_id = $1)
            SELECT p.name || ': path' AS what FROM place p LEFT JOIN walk w ON w.id = p.id
            WHERE p.district_id = $1 AND p.path IS DISTINCT FROM w.path
            UNION ALL
            SELECT p.name || ': level' FROM place p JOIN walk w ON w.id = p.id
            WHERE p.level <> (ARRAY['district', 'town', 'community', 'compound'])[w.depth + 1]
            UNION ALL
            SELECT name || ': twice' FROM place WHERE district_id = $1
            GROUP BY parent_id, name HAVING count(*) > 1
            UNION ALL
            SELECT p.name || ': offices' FROM place p LEFT JOIN organization o ON o.office_place_id = p.id
            WHERE p.district_id = $1
            GROUP BY p.id, p.name, p.level HAVING count(o.id) <> CASE p.level WHEN 'compound' THEN 0 ELSE 1 END
            """;

    private AdminApi api;

    private record Node(String level, UUID parent, String name) {}

    @BeforeAll
    void start() {
        api = new AdminApi(APP);
    }

    @Test
    void oneAfterTheOtherEveryEditDoesWhatTheModelDoes() {
        // given
        var seed = seed();
        var random = new Random(seed);
        var model = new HashMap<UUID, Node>();
        var gone = new ArrayList<UUID>();
        var root = AdminApi.district();

        // when
        for (var step = 0; step < STEPS; step++) {
            var known = new ArrayList<>(model.keySet().stream().sorted().toList());
            known.add(root);
            known.addAll(gone);
            var place = pick(random, known);
            var parent = pick(random, known);
            var name = "地" + random.nextInt(NAMES);
            var told = "step " + step + " of seed " + seed;
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    var level = LEVELS.get(1 + random.nextInt(3));
                    var reply = create(level, parent, name);
                    assertThat(reply.status()).as(told).isEqualTo(expected(model, root, level, parent, name, null));
                    if (reply.status() == 201) {
                        model.put(reply.id(), new Node(level, parent, name));
                    }
                }
                case 2, 3 -> {
                    var change = random.nextBoolean() ? null : name;
                    var reply = change(place, change, parent);
                    var node = model.get(place);
                    assertThat(reply.status()).as(told).isEqualTo(expectedOfChange(model, root, place, change, parent));
                    if (reply.status() == 200) {
                        model.put(
                                place,
                                new Node(
                                        Objects.requireNonNull(node).level(),
                                        parent,
                                        change == null ? node.name() : change));
                    }
                }
                default -> {
                    var reply = api.remove(place);
                    var used = place.equals(root)
                            || model.values().stream()
                                    .anyMatch(each -> each.parent().equals(place));
                    var there = place.equals(root) || model.containsKey(place);
                    assertThat(reply.status()).as(told).isEqualTo(!there ? 404 : used ? 409 : 204);
                    if (reply.status() == 204) {
                        model.remove(place);
                        gone.add(place);
                    }
                }
            }
        }

        // then
        assertThat(broken()).as("seed " + seed).isEmpty();
        model.forEach(
                (id, node) -> assertThat(api.pathOfPlace(id)).as(node.name()).isEqualTo(walk(model, root, id)));
    }

    @Test
    void manyAtOnceNeverLeaveAWrongPath() {
        // given
        var seed = seed();
        var root = AdminApi.district();
        var places = new CopyOnWriteArrayList<UUID>(List.of(root));
        var parents = new ConcurrentHashMap<UUID, Set<UUID>>();
        var levels = new ConcurrentHashMap<UUID, String>(Map.of(root, "district"));
        var removed = ConcurrentHashMap.<UUID>newKeySet();
        grow(root, places, levels, parents, "初");
        var pool = Executors.newFixedThreadPool(ADMINISTRATORS);

        // when
        try {
            var working = IntStream.range(0, ADMINISTRATORS)
                    .mapToObj(i -> CompletableFuture.runAsync(
                            () -> edit(new Random(seed + i), places, levels, parents, removed), pool))
                    .toList();
            working.forEach(CompletableFuture::join);
        } finally {
            pool.shutdown();
        }

        // then
        assertThat(broken()).as("seed " + seed).isEmpty();
        for (var place : parents.keySet()) {
            var row = api.rows("SELECT parent_id FROM place WHERE id = $1", place);
            assertThat(row.isEmpty()).as("seed " + seed).isEqualTo(removed.contains(place));
            if (!row.isEmpty()) {
                assertThat(parents.get(place)).contains(row.get(0).getUUID("parent_id"));
            }
        }
    }

    /** Moves mostly, up and down the tree at once, so that a path is often about to change in two ways. */
    private void edit(
            Random random,
            List<UUID> places,
            Map<UUID, String> levels,
            Map<UUID, Set<UUID>> parents,
            Set<UUID> removed) {
        for (var step = 0; step < STEPS_EACH; step++) {
            var place = pick(random, places);
            var level = LEVELS.indexOf(levels.get(place));
            var fit = places.stream()
                    .filter(each -> LEVELS.indexOf(levels.get(each)) == level - 1)
                    .toList();
            switch (random.nextInt(10)) {
                case 0 -> {
                    var reply = level == 3
                            ? api.rename(place, name(random))
                            : create(LEVELS.get(level + 1), place, name(random));
                    assertThat(reply.status()).isIn(200, 201, 404, 409);
                    if (reply.status() == 201) {
                        enter(reply.id(), place, LEVELS.get(level + 1), places, levels, parents);
                    }
                }
                case 1 -> {
                    if (place.equals(AdminApi.district())) {
                        continue;
                    }
                    var reply = api.remove(place);
                    assertThat(reply.status()).isIn(204, 404, 409);
                    if (reply.status() == 204) {
                        removed.add(place);
                    }
                }
                default -> {
                    if (fit.isEmpty()) {
                        continue;
                    }
                    var parent = pick(random, fit);
                    var asked = Objects.requireNonNull(parents.get(place));
                    var known = asked.contains(parent);
                    asked.add(parent);
                    var reply = change(place, null, parent);
                    assertThat(reply.status()).isIn(200, 404, 409);
                    if (reply.status() != 200 && !known) {
                        asked.remove(parent);
                    }
                }
            }
        }
    }

    private void grow(
            UUID root, List<UUID> places, Map<UUID, String> levels, Map<UUID, Set<UUID>> parents, String prefix) {
        for (var t = 0; t < 3; t++) {
            var town = entered("town", root, prefix + t, places, levels, parents);
            for (var c = 0; c < 2; c++) {
                var community = entered("community", town, prefix + t + c, places, levels, parents);
                for (var x = 0; x < 2; x++) {
                    entered("compound", community, prefix + t + c + x, places, levels, parents);
                }
            }
        }
    }

    private UUID entered(
            String level,
            UUID parent,
            String name,
            List<UUID> places,
            Map<UUID, String> levels,
            Map<UUID, Set<UUID>> parents) {
        var id = create(level, parent, name).withStatus(201).id();
        enter(id, parent, level, places, levels, parents);
        return id;
    }

    private static void enter(
            UUID id,
            UUID parent,
            String level,
            List<UUID> places,
            Map<UUID, String> levels,
            Map<UUID, Set<UUID>> parents) {
        var asked = ConcurrentHashMap.<UUID>newKeySet();
        asked.add(parent);
        parents.put(id, asked);
        levels.put(id, level);
        places.add(id);
    }

    private Reply create(String level, UUID parent, String name) {
        var place = AdminApi.place(level, parent, name);
        if (!level.equals("compound")) {
            place.put("officeName", "办" + UUID.randomUUID());
        }
        return api.admin().post("/v1/places", place);
    }

    private Reply change(UUID place, @Nullable String name, UUID parent) {
        var change = new JsonObject().put("parentId", parent.toString());
        if (name != null) {
            change.put("name", name);
        }
        return api.admin().patch("/v1/places/" + place, change);
    }

    private static int expectedOfChange(
            Map<UUID, Node> model, UUID root, UUID place, @Nullable String name, UUID parent) {
        if (place.equals(root)) {
            var there = model.containsKey(parent) || parent.equals(root);
            var taken = model.values().stream()
                    .anyMatch(
                            each -> each.parent().equals(parent) && each.name().equals(name));
            return !there ? 404 : taken ? 409 : 422;
        }
        var node = model.get(place);
        return node == null
                ? 404
                : expected(model, root, node.level(), parent, name == null ? node.name() : name, place) == 201
                        ? 200
                        : expected(model, root, node.level(), parent, name == null ? node.name() : name, place);
    }

    /** Of a place of this level and name below the parent. */
    private static int expected(
            Map<UUID, Node> model, UUID root, String level, UUID parent, String name, @Nullable UUID itself) {
        var above = model.get(parent);
        if (above == null && !parent.equals(root)) {
            return 404;
        }
        var taken = model.entrySet().stream()
                .anyMatch(each -> each.getValue().parent().equals(parent)
                        && each.getValue().name().equals(name)
                        && !each.getKey().equals(itself));
        if (taken) {
            return 409;
        }
        var parentLevel = above == null ? "district" : above.level();
        return LEVELS.indexOf(parentLevel) == LEVELS.indexOf(level) - 1 ? 201 : 422;
    }

    private static List<UUID> walk(Map<UUID, Node> model, UUID root, UUID place) {
        var path = new ArrayList<UUID>();
        for (var at = place;
                !at.equals(root);
                at = Objects.requireNonNull(model.get(at)).parent()) {
            path.add(0, at);
        }
        path.add(0, root);
        return path;
    }

    private List<String> broken() {
        return api.rows(BROKEN, DemoStructure.districtId()).stream()
                .map(row -> row.getString("what"))
                .toList();
    }

    private static String name(Random random) {
        return "地" + random.nextInt(NAMES);
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static long seed() {
        var seed = System.nanoTime();
        System.out.println("seed of the edits: " + seed);
        return seed;
    }
}
