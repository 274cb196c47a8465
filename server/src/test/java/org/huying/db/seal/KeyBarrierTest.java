package org.huying.db.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.huying.db.FieldCipher;
import org.huying.testing.Api;
import org.huying.testing.Eventually;
import org.huying.testing.TcpProxy;
import org.huying.testing.TestNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes of two keys side by side: an older key stays in use for as long as anybody seals under it, and a pass longer. */
@Tag("long")
class KeyBarrierTest {
    private static final FieldCipher OLDER = KeyWorld.cipher(1, 1, 2);
    private static final FieldCipher NEWER = KeyWorld.cipher(2, 1, 2);
    private static final FieldCipher NEWER_ALONE = KeyWorld.cipher(2, 2);
    private static final int STEPS_MAX = 300;
    private static final String PAST_NAMES =
            "payload ->> 'barrier' IS NOT NULL AND (payload ->> 'kind')::int BETWEEN 2 AND 9";

    /** How many connections have announced the key that they seal under. */
    private static final String ANNOUNCED = "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
            + " WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.objid = ";

    private final KeyWorld world = new KeyWorld(OLDER);
    /** With the keys that they seal under. */
    private final Map<TestNode, Byte> nodes = new HashMap<>();

    @AfterEach
    void stop() {
        nodes.keySet().forEach(TestNode::close);
    }

    private TestNode node(FieldCipher cipher) {
        return node(cipher, world.url);
    }

    private TestNode node(FieldCipher cipher, String way) {
        var node = world.answering(cipher, way);
        nodes.put(node, cipher.currentKeyId());
        return node;
    }

    private void stop(TestNode node) {
        node.close();
        byte key = Objects.requireNonNull(nodes.remove(node));
        if (!nodes.containsValue(key)) {
            untilNobodySealsUnder(key);
        }
    }

    /** The server hears a moment later than their owner that connections have ended. */
    private void untilNobodySealsUnder(int key) {
        Eventually.until("nobody seals under " + key, () -> world.number(ANNOUNCED + key) == 0);
    }

    /** Somebody new comes to a node, so that a name and an account are sealed there. */
    private static String comes(TestNode node, String name) {
        var login = new Api(node.uri()).post("/v1/auth/wechat", new JsonObject().put("code", "demo-new-" + name));
        assertThat(login.status()).as(login.text()).isEqualTo(200);
        return new Api(node.uri())
                .bearing(login.json().getString("accessToken"))
                .get("/v1/me")
                .json()
                .getString("id");
    }

    /** Does what is due and goes to what is due next, until nothing is left but to wait. */
    private void workOff(TestNode node) {
        steps(node, () -> passes("failure IS NULL") > 0);
    }

    private void steps(TestNode node, BooleanSupplier goesOn) {
        world.withDatabase(node, database -> {
            var worker = node.worker(database);
            for (int i = 0; i < STEPS_MAX && goesOn.getAsBoolean(); i++) {
                await(worker.runDue());
                world.clock.advance(Duration.ofSeconds(1));
            }
            return null;
        });
    }

    /** Whatever waits has not to wait any longer. */
    private void later() {
        world.clock.advance(Duration.ofMinutes(1));
        world.change("UPDATE job SET failure = NULL");
    }

    private long passes(String condition) {
        return world.number("SELECT count(*) FROM job WHERE kind = 'reseal' AND " + condition);
    }

    private static void assertOldKeys(TestNode node, int count) {
        Eventually.until(count + " keys but the current one", () -> KeyWorld.oldKeys(node) == count);
    }

    @Test
    void whatANodeWithTheOlderKeySealsAfterAPassThatFoundNothingIsSealedAnewBeforeTheKeyIsRetired() {
        // given: two nodes, one restarted with the new current key, and all that there is sealed anew
        var older = node(OLDER);
        var newer = node(NEWER);
        workOff(newer);
        assertThat(world.sealedUnder(1)).isZero();

        // then
        assertThat(world.isInUse(1)).isTrue();
        assertOldKeys(newer, 1);

        // when: the other still seals under the older key, and is then restarted as well
        var person = comes(older, "wang");
        assertThat(world.sealedUnder(1)).isPositive();
        stop(older);
        var restarted = node(NEWER);
        later();
        workOff(restarted);

        // then
        assertThat(world.sealedUnder(1)).isZero();
        assertThat(world.isInUse(1)).isFalse();
        assertOldKeys(newer, 0);
        assertThat(comes(node(NEWER_ALONE), "wang")).isEqualTo(person);
    }

    @Test
    void aNodeWithTheOlderKeyThatComesAndGoesDuringAPassMakesAnother() {
        // given: a pass behind a barrier that has done with names
        stop(node(OLDER));
        var newer = node(NEWER);
        steps(newer, () -> passes(PAST_NAMES) == 0);
        assertThat(world.number("SELECT count(*) FROM data_key_barrier")).isEqualTo(1);

        // when
        var older = node(OLDER);
        comes(older, "li");
        stop(older);
        workOff(newer);
        later();
        workOff(newer);

        // then
        assertThat(world.sealedUnder(1)).isZero();
        assertThat(world.isInUse(1)).isFalse();
    }

    @Test
    void aNodeThatIsFrozenInTheMiddleOfATransactionHoldsItsKey() throws SQLException {
        stop(node(OLDER));
        var newer = node(NEWER);
        var person = comes(newer, "qian");
        world.change("DELETE FROM wechat_login");
        try (var frozen = world.connection()) {
            // given: sealed while the key was in use, and not committed yet
            frozen.createStatement().execute("SELECT announce_data_key(1::smallint)");
            frozen.setAutoCommit(false);
            try (var insert = frozen.prepareStatement(
                    "INSERT INTO wechat_login (openid_index, person_id, openid_sealed) VALUES (?, ?::uuid, ?)")) {
                insert.setBytes(1, OLDER.index("openid").getBytes());
                insert.setString(2, person);
                insert.setBytes(
                        3,
                        OLDER.sealBytes("openid".getBytes(StandardCharsets.UTF_8))
                                .getBytes());
                insert.execute();
            }

            // when
            workOff(newer);
            assertThat(world.isInUse(1)).isTrue();
            frozen.commit();
        }
        later();
        workOff(newer);

        // then
        assertThat(world.isInUse(1)).isFalse();
        assertThat(world.sealedUnder(1)).isZero();
        assertThat(world.number("SELECT count(*) FROM wechat_login WHERE get_byte(openid_sealed, 0) = 2"))
                .isEqualTo(1);
    }

    @Test
    void aKeyThatWasInTheFileFromTheBeginningIsTheNewestWhenItIsNamedCurrent() {
        node(OLDER);
        assertThat(world.number("SELECT key_id FROM data_key_use ORDER BY n DESC LIMIT 1"))
                .isEqualTo(1);
        node(NEWER);
        assertThat(world.number("SELECT key_id FROM data_key_use ORDER BY n DESC LIMIT 1"))
                .isEqualTo(2);
        node(OLDER);
        assertThat(world.number("SELECT key_id FROM data_key_use ORDER BY n DESC LIMIT 1"))
                .isEqualTo(2);
    }

    @Test
    void underARetiredKeyNothingIsSealedAnyMore() {
        // given: a node that is cut off while its key is retired
        try (var way = new TcpProxy(URI.create(world.url))) {
            var cutOff = node(OLDER, way.instead(world.url));
            var newer = node(NEWER);
            way.cut();
            untilNobodySealsUnder(1);
            workOff(newer);
            later();
            workOff(newer);
            assertThat(world.isInUse(1)).isFalse();
            way.thaw();

            // when
            var login = new Api(cutOff.uri()).post("/v1/auth/wechat", new JsonObject().put("code", "demo-new-zhao"));

            // then
            assertThat(login.status()).as(login.text()).isEqualTo(503);
            assertThat(new Api(cutOff.uri()).get("/health/ready").status()).isEqualTo(503);
            assertThat(world.sealedUnder(1)).isZero();
            assertThatThrownBy(() -> node(OLDER)).hasStackTraceContaining("data key 1 has been retired");
        }
    }

    @Test
    void aRotationThatIsOvertakenByAnotherEndsWithIt() {
        // given: a rotation that waits, and a third key
        var older = node(OLDER);
        stop(node(NEWER));
        var newest = node(KeyWorld.cipher(3, 1, 2, 3));
        stop(older);

        // when
        workOff(newest);
        later();
        workOff(newest);

        // then
        assertThat(world.isInUse(1)).isFalse();
        assertThat(world.isInUse(2)).isFalse();
        assertThat(passes("true")).isZero();
    }
}
