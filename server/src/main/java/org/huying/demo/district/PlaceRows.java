package org.huying.demo.district;

import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.kernel.spelling.NormalForm;
import org.jspecify.annotations.Nullable;

/** The rows of a district, its places, organizations, whom they serve, and its households. */
final class PlaceRows {
    private final List<String> gridItems;
    private final DemoData.District district;
    private final DemoIds ids;
    private final FieldCipher cipher;

    PlaceRows(DemoData data, DemoData.District district, FieldCipher cipher) {
        this.gridItems = data.gridItems();
        this.district = district;
        this.ids = district.ids();
        this.cipher = cipher;
    }

    List<Batch> batches() {
        return List.of(
                new Batch(
                        StructureSql.INSERT_DISTRICT,
                        List.of(Tuple.of(ids.districtId(), district.name(), district.isDefault()))),
                new Batch(StructureSql.INSERT_PLACE, places()),
                new Batch(StructureSql.INSERT_ORGANIZATION, organizations()),
                new Batch(StructureSql.INSERT_CONTRACT, contracts()),
                new Batch(StructureSql.INSERT_SERVICE_AREA, serviceAreas()),
                new Batch(StructureSql.INSERT_HOUSEHOLD, households()));
    }

    private List<Tuple> places() {
        Map<String, List<UUID>> paths = new HashMap<>();
        var rows = new ArrayList<Tuple>();
        for (var place : district.places()) {
            var parent = place.parent();
            var path = new ArrayList<UUID>(
                    parent == null ? List.of() : Objects.requireNonNull(paths.get(parent), place.key()));
            path.add(ids.place(place.key()));
            paths.put(place.key(), path);
            rows.add(Tuple.of(
                    ids.districtId(),
                    ids.place(place.key()),
                    place.level(),
                    place.kind(),
                    placeOrNull(parent),
                    place.name(),
                    path.toArray(UUID[]::new)));
        }
        return rows;
    }

    private List<Tuple> organizations() {
        return district.organizations().stream()
                .map(o -> Tuple.of(
                        ids.districtId(), ids.organization(o.key()), o.kind(), o.name(), placeOrNull(o.office())))
                .toList();
    }

    private List<Tuple> contracts() {
        return district.organizations().stream()
                .flatMap(o -> o.contracts().stream()
                        .map(cooperative ->
                                Tuple.of(ids.districtId(), ids.organization(o.key()), ids.organization(cooperative))))
                .toList();
    }

    private List<Tuple> serviceAreas() {
        var rows = new ArrayList<Tuple>();
        for (var organization : district.organizations()) {
            var id = ids.organization(organization.key());
            for (var place : organization.serves()) {
                rows.add(Tuple.of(ids.districtId(), ids.place(place), null, id));
            }
            for (var place : organization.visits()) {
                gridItems.forEach(item -> rows.add(Tuple.of(ids.districtId(), ids.place(place), item, id)));
            }
        }
        return rows;
    }

    private List<Tuple> households() {
        var rows = new ArrayList<Tuple>();
        var compounds = district.households().compounds();
        for (int number = 1; number <= district.households().count(); number++) {
            int turn = number - 1;
            rows.add(household(ids.household(number), compounds.get(turn % compounds.size()), turn / compounds.size()));
        }
        for (int number = 0; number < district.elders().size(); number++) {
            var elder = district.elders().get(number);
            rows.add(household(homeOf(ids, elder.key()), Objects.requireNonNull(elder.home()), number));
        }
        return rows;
    }

    /** Where an elder without a login lives, alone. */
    static UUID homeOf(DemoIds ids, String elder) {
        return ids.id("household/" + elder);
    }

    /** @param nth within its compound, from 0 */
    private Tuple household(UUID id, String compound, int nth) {
        var address = address(nth);
        return Tuple.of(
                ids.districtId(),
                id,
                ids.place(compound),
                cipher.seal(address),
                cipher.index(NormalForm.ofName(address)));
    }

    /** Of a place's households, counted from 0. */
    static String address(int nth) {
        return "%d号楼%d单元%d0%d室".formatted(1 + nth % 4, 1 + nth % 2, 1 + nth % 6, 1 + nth / 6);
    }

    private @Nullable UUID placeOrNull(@Nullable String key) {
        return key == null ? null : ids.place(key);
    }
}
