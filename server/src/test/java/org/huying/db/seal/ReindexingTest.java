package org.huying.db.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.demo.district.DemoStructure;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was indexed before texts had a normal form is indexed anew in the background, and found then. */
class ReindexingTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final String OF_OLD = """
            SELECT (SELECT count(*) FROM household WHERE octet_length(address_index) = 32)
                + (SELECT count(*) FROM resident WHERE octet_length(name_index) = 32)
                + (SELECT count(*) FROM resident WHERE octet_length(phone_index) = 32)
                + (SELECT count(*) FROM staff WHERE octet_length(name_index) = 32) AS n
            """;

    /** As an older build indexes it. */
    private static Object old(String text) {
        return APP.cipher()
                .index(Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("\\s", ""));
    }

    private static void change(String sql, Object... values) {
        await(APP.database().inTransaction(client -> client.preparedQuery(sql).execute(Tuple.from(values))));
    }

    private static long ofOld() {
        return await(APP.database().inTransaction(client -> client.query(OF_OLD).execute()))
                .iterator()
                .next()
                .getLong("n");
    }

    private static void startAgain() {
        await(APP.database()
                .inTransaction(
                        transaction -> Reindexing.begin(transaction, APP.clock().instant())));
    }

    private static List<String> found(String query) {
        return APP
                .staff("canteen-operator-4")
                .post("/v1/residents/search", new JsonObject().put("query", query))
                .withStatus(200)
                .items()
                .stream()
                .map(each -> each.getString("id"))
                .toList();
    }

    @Test
    void whatWasWrittenBeforeTheUpgradeIsFoundAfterIt() {
        // given
        var name = "古丽・买买提";
        var phone = "138-1111 0001";
        var id = APP.staff("grid-member-1")
                .post(
                        "/v1/residents",
                        new JsonObject()
                                .put("name", name)
                                .put("phone", phone)
                                .put("birthDate", "1941-05-06")
                                .put("birthDateVerified", true)
                                .put("consentNote", "同意"))
                .withStatus(201)
                .id();
        change("UPDATE resident SET name_index = $2, phone_index = $3 WHERE id = $1", id, old(name), old(phone));
        change("UPDATE staff SET name_index = $1", old("某人"));
        assertThat(found("古丽·买买提")).isEmpty();
        assertThat(found("13811110001")).isEmpty();

        // when
        startAgain();
        APP.runInnerJobs();

        // then
        assertThat(found("古丽·买买提")).containsExactly(id.toString());
        assertThat(found("+8613811110001")).containsExactly(id.toString());
        assertThat(ofOld()).isZero();
        assertThat(jobs()).isZero();
    }

    @Test
    void householdsThatWereApartStayApartAndTheFirstIsFound() {
        // given
        var compound = DemoStructure.compound(1).toString();
        var addresses = List.of("77幢—101", "77幢–101", "77幢－101");
        var ids = addresses.stream()
                .map(address -> APP.staff("grid-member-1")
                        .post(
                                "/v1/households",
                                new JsonObject()
                                        .put("compoundId", compound)
                                        .put("address", "77幢之" + addresses.indexOf(address)))
                        .withStatus(201)
                        .id())
                .toList();
        for (int i = 0; i < ids.size(); i++) {
            change(
                    "UPDATE household SET address_sealed = $2, address_index = $3 WHERE id = $1",
                    ids.get(i),
                    APP.cipher().sealBytes(addresses.get(i).getBytes(StandardCharsets.UTF_8)),
                    old(addresses.get(i)));
        }

        // when
        startAgain();
        APP.runInnerJobs();

        // then
        assertThat(APP.resident(1)
                        .post(
                                "/v1/households/search",
                                new JsonObject().put("compoundId", compound).put("address", "77幢-101"))
                        .items())
                .extracting(each -> each.getString("id"))
                .containsExactly(ids.get(0).toString());
        assertThat(households(ids)).containsExactly(33, 32, 32);
        assertThat(jobs()).isZero();
        change("DELETE FROM household WHERE id = ANY ($1)", (Object) ids.toArray(UUID[]::new));
    }

    private static List<Integer> households(List<UUID> ids) {
        return await(APP.database()
                .inTransaction(client -> client.preparedQuery(
                                "SELECT octet_length(address_index) AS n FROM household WHERE id = ANY ($1)"
                                        + " ORDER BY id")
                        .execute(Tuple.of((Object) ids.toArray(UUID[]::new)))
                        .map(rows -> rows.stream()
                                .map((Row row) -> row.getInteger("n"))
                                .collect(Collectors.toList()))));
    }

    private static long jobs() {
        return await(APP.database()
                        .inTransaction(client -> client.query("SELECT count(*) AS n FROM job WHERE kind = 'reindex'")
                                .execute()))
                .iterator()
                .next()
                .getLong("n");
    }

    /** A test of the columns holds the rest: none is forgotten. */
    @Test
    void everyColumnThatIsFoundByItsNormalFormIsIndexedAnew() {
        assertThat(IndexedColumn.ALL)
                .extracting(IndexedColumn::name)
                .containsExactlyInAnyOrder(
                        "household.address_index", "resident.name_index", "resident.phone_index", "staff.name_index");
        assertThat(await(APP.database()
                                .inTransaction(client -> client.query("""
                                                SELECT count(*) AS n FROM resident
                                                WHERE octet_length(name_index) <> 33 OR octet_length(phone_index) <> 33
                                                """).execute()))
                        .iterator()
                        .next()
                        .getLong("n"))
                .isZero();
    }
}
