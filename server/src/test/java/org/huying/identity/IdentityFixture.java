package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.identity.session.AccessTokens;
import org.huying.identity.session.Ed25519;
import org.huying.identity.session.RevokedSessions;
import org.huying.identity.session.SigningKeys;
import org.huying.kernel.Ids;
import org.huying.testing.Patient;
import org.huying.testing.TestClock;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.huying.wechat.WeChatLogins;
import org.jspecify.annotations.Nullable;

/**
 * Two districts on a database of their own, and a WeChat that answers every code with the code as the openid, after
 * {@code bad} with an error.
 */
final class IdentityFixture implements AutoCloseable {
    static final String PASSWORD = "correct horse";
    static final String PASSWORD_HASH = TestNode.PASSWORD_COST.hash(PASSWORD);

    static final String NOBODYS_HASH = TestNode.PASSWORD_COST.hash("nobody's password");

    /** What passwords were compared with, in their order. */
    final Queue<String> compared = new ConcurrentLinkedQueue<>();

    private final PasswordHasher hasher = new PasswordHasher() {
        @Override
        public String hash(String password) {
            return TestNode.PASSWORD_COST.hash(password);
        }

        @Override
        public boolean verify(String password, String hash) {
            compared.add(hash);
            return TestNode.PASSWORD_COST.verify(password, hash);
        }

        @Override
        public boolean isOutdated(String hash) {
            return TestNode.PASSWORD_COST.isOutdated(hash);
        }
    };

    final Vertx vertx = Vertx.vertx();
    final TestClock clock = new TestClock(Instant.now());
    final FieldCipher cipher = new FieldCipher(Map.of((byte) 1, new byte[32]), (byte) 1, new byte[32]);
    final UUID district = Ids.next();
    final UUID farDistrict = Ids.next();
    final Database database;
    final WeChatLogins wechat;
    final SharedIdentity shared;
    final LoginService logins;
    final StaffLoginService staffLogins;

    final String databaseUrl;
    final String wechatUrl;
    final SigningKeys keys;

    IdentityFixture(Path directory) {
        databaseUrl = TestServers.createMigratedDatabase();
        database = Patient.database(vertx, "test", databaseUrl, 16);
        wechatUrl = "http://127.0.0.1:" + startWeChat();
        wechat = new WeChatLogins(vertx, wechatUrl, "app", "secret");
        keys = newKeys(directory);
        shared = node();
        logins = new LoginService(shared, database, cipher, wechat);
        staffLogins = new StaffLoginService(shared, database, cipher);
        sql(
                "INSERT INTO district (id, name, is_default) VALUES ($1, 'near', true), ($2, 'far', false)",
                district,
                farDistrict);
    }

    private static SigningKeys newKeys(Path directory) {
        try {
            var file = directory.resolve("jwt.pem");
            SigningKeys.generate(file);
            return SigningKeys.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What another node has in memory. */
    SharedIdentity node() {
        return new SharedIdentity(
                new AccessTokens(keys, Ed25519.fastest(), clock),
                new RevokedSessions(vertx, database),
                new Passwords(vertx, hasher, NOBODYS_HASH, 1, clock),
                new InMemoryLoginThrottle(clock),
                clock);
    }

    UUID staff(UUID districtId, String username) {
        var id = Ids.next();
        sql("INSERT INTO person (id, created_at) VALUES ($1, now())", id);
        sql("INSERT INTO person_district (person_id, district_id) VALUES ($1, $2)", id, districtId);
        sql(
                "INSERT INTO staff_login (username, person_id, password_hash) VALUES ($1, $2, $3)",
                username,
                id,
                PASSWORD_HASH);
        sql(
                "INSERT INTO staff (district_id, id, name_sealed) VALUES ($1, $2, $3)",
                districtId,
                id,
                cipher.sealBytes("张三".getBytes(StandardCharsets.UTF_8)));
        return id;
    }

    UUID place(UUID districtId, String name) {
        var id = Ids.next();
        sql(
                "INSERT INTO place (district_id, id, level, name, path) VALUES ($1, $2, 'district', $3, ARRAY[$2])",
                districtId,
                id,
                name);
        return id;
    }

    void grant(UUID districtId, UUID staffId, String role, String scopeKind, UUID scopeId) {
        sql(
                "INSERT INTO role_grant (district_id, staff_id, role, scope_kind, scope_id) VALUES ($1, $2, $3, $4, $5)",
                districtId,
                staffId,
                role,
                scopeKind,
                scopeId);
    }

    List<Row> sql(String statement, @Nullable Object... values) {
        return await(database.read(client -> client.preparedQuery(statement)
                .execute(Tuple.from(values))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList())));
    }

    long count(String table) {
        return sql("SELECT count(*) AS n FROM " + table).get(0).getLong("n");
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(30, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until all have ended, well or not. */
    static <T> List<Future<T>> settled(List<Future<T>> futures) {
        await(Future.join(futures).otherwiseEmpty());
        return futures;
    }

    @Override
    public void close() {
        shared.revoked().close();
        await(database.close());
        await(vertx.close());
    }

    private int startWeChat() {
        return await(vertx.createHttpServer()
                        .requestHandler(request -> {
                            var code = request.getParam("js_code");
                            request.response()
                                    .end(
                                            code.startsWith("bad")
                                                    ? "{\"errcode\":40029}"
                                                    : "{\"openid\":\"" + code + "\"}");
                        })
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }
}
