package org.huying.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.http.Cursor;
import org.huying.http.Page;
import org.huying.kernel.Ids;
import org.huying.testing.Patient;
import org.huying.testing.TestServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private final Vertx vertx = Vertx.vertx();
    private final UUID district = Ids.next();
    private final UUID town = Ids.next();
    private final UUID far = Ids.next();
    private final Places places = new Places(new FieldCipher(Map.of((byte) 1, new byte[32]), (byte) 1, new byte[32]));
    private Database database;

    @BeforeEach
    void setUp() throws TimeoutException {
        var url = TestServers.createMigratedDatabase();
        database = Patient.database(vertx, "test", url, 2);
        sql("INSERT INTO district (id, name) VALUES ($1, 'near'), ($2, 'far')", Tuple.of(district, far));
        place(district, district, "district", null, "near", district);
        place(far, far, "district", null, "far", far);
        place(district, town, "town", district, "town", district, town);
        for (var i = 0; i < 5; i++) {
            var id = Ids.next();
            place(district, id, "community", town, "community " + i, district, town, id);
        }
    }

    @AfterEach
    void tearDown() throws TimeoutException {
        database.close().await(10, TimeUnit.SECONDS);
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void pages_run_from_the_top_down_through_one_district() throws TimeoutException {
        // given
        var names = new ArrayList<String>();
        Cursor cursor = null;

        // when
        do {
            var page = list(null, 3, cursor);
            page.items().forEach(place -> names.add(place.name()));
            cursor = page.items().size() < 3 ? null : cursorAfter(page);
        } while (cursor != null);

        // then
        assertThat(names)
                .containsExactly(
                        "near", "town", "community 0", "community 1", "community 2", "community 3", "community 4");
    }

    @Test
    void a_parent_has_only_what_is_directly_below_it() throws TimeoutException {
        // when
        var below = list(town, 100, null);

        // then
        assertThat(below.items()).hasSize(5).allMatch(place -> town.equals(place.parentId()));
        assertThat(below.nextCursor()).isNull();
        assertThat(list(district, 100, null).items()).extracting(Place::name).containsExactly("town");
        assertThat(list(far, 100, null).items()).isEmpty();
    }

    private Page<Place> list(@Nullable UUID parentId, int limit, @Nullable Cursor after) throws TimeoutException {
        return database.read(client -> places.list(client, district, parentId, limit, after))
                .await(10, TimeUnit.SECONDS);
    }

    private static Cursor cursorAfter(Page<Place> page) {
        var last = page.items().get(page.items().size() - 1);
        return new Cursor(List.of(
                String.valueOf(last.path().size()), last.name(), last.id().toString()));
    }

    private void place(UUID districtId, UUID id, String level, @Nullable UUID parentId, String name, UUID... path)
            throws TimeoutException {
        sql(
                "INSERT INTO place (district_id, id, level, parent_id, name, path) VALUES ($1, $2, $3, $4, $5, $6)",
                Tuple.of(districtId, id, level, parentId, name, path));
    }

    private void sql(String statement, Tuple values) throws TimeoutException {
        database.read(client -> client.preparedQuery(statement).execute(values)).await(10, TimeUnit.SECONDS);
    }
}
