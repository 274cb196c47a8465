package org.huying.roster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.huying.kernel.spelling.NormalForm;

/** Where the names of a file lead to: the places, organizations and canteens of a district by their names. */
final class Names {
    /**
     * Something with a name.
     *
     * @param kind {@code place}, {@code organization} or {@code canteen}
     * @param path from the top down to a place, itself included; of anything else empty
     */
    record Named(UUID id, String kind, String level, String name, List<UUID> path) {}

    private final Map<String, List<Named>> byName = new HashMap<>();
    private final Map<UUID, Named> byId = new HashMap<>();

    Names(List<Named> all) {
        for (var each : all) {
            byId.put(each.id(), each);
            byName.computeIfAbsent(plain(each.name()), name -> new ArrayList<>())
                    .add(each);
        }
    }

    /** The compound of a row; the community, where it is named, decides between several. Otherwise a fault. */
    Optional<UUID> compound(Cells cells) {
        var name = cells.text(Column.COMPOUND, Cells.NAME_MAX);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        var found = find(name).stream().filter(each -> each.level().equals("compound"));
        if (cells.row().has(Column.COMMUNITY)) {
            var communities = find(cells.row().text(Column.COMMUNITY)).stream()
                    .filter(each -> each.level().equals("community"))
                    .map(Named::id)
                    .toList();
            if (communities.isEmpty()) {
                cells.fault(Column.COMMUNITY, "community_unknown");
                return Optional.empty();
            }
            found = found.filter(each -> each.path().stream().anyMatch(communities::contains));
        }
        return only(cells, Column.COMPOUND, found.toList(), "compound");
    }

    /** What is named, maybe with those above it before it, between strokes. */
    Optional<UUID> scope(Cells cells, String kind) {
        var text = cells.text(Column.SCOPE, Cells.NOTE_MAX);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var whole = find(text).stream().filter(each -> each.kind().equals(kind)).toList();
        if (!whole.isEmpty()) {
            return only(cells, Column.SCOPE, whole, "scope");
        }
        var parts = Arrays.stream(text.split("[/／]")).map(Names::plain).toList();
        var found = find(parts.get(parts.size() - 1)).stream()
                .filter(each -> each.kind().equals(kind) && isBelow(each, parts.subList(0, parts.size() - 1)))
                .toList();
        return only(cells, Column.SCOPE, found, "scope");
    }

    private static Optional<UUID> only(Cells cells, Column column, List<Named> found, String what) {
        if (found.size() != 1) {
            cells.fault(column, what + (found.isEmpty() ? "_unknown" : "_ambiguous"));
            return Optional.empty();
        }
        return Optional.of(found.get(0).id());
    }

    private boolean isBelow(Named each, List<String> upper) {
        var names = each.path().stream()
                .filter(id -> !id.equals(each.id()))
                .map(id -> Optional.ofNullable(byId.get(id)).map(Named::name).orElse(""))
                .map(Names::plain)
                .toList();
        var rest = names.iterator();
        for (var name : upper) {
            var met = false;
            while (!met && rest.hasNext()) {
                met = rest.next().equals(name);
            }
            if (!met) {
                return false;
            }
        }
        return true;
    }

    private static String plain(String name) {
        return NormalForm.ofName(name).text();
    }

    private List<Named> find(String name) {
        return byName.getOrDefault(plain(name), List.of());
    }
}
