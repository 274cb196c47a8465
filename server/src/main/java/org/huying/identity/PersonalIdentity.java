package org.huying.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.db.personal.OnePerson;
import org.huying.db.personal.PersonalData;
import org.huying.db.personal.Section;
import org.huying.db.personal.SectionReader;
import org.huying.identity.session.Sessions;
import org.huying.kernel.Caller;
import org.huying.kernel.Masked;

/** Who the person is, how they log in, where they belong, and who acts for whom. */
public final class PersonalIdentity implements PersonalData {
    private final FieldCipher cipher;
    private final SectionReader reader;
    private final Sessions sessions;

    public PersonalIdentity(FieldCipher cipher, Sessions sessions) {
        this.cipher = cipher;
        this.reader = new SectionReader(cipher);
        this.sessions = sessions;
    }

    @Override
    public List<Section> tell(Person person) {
        var districtId = person.districtId();
        var id = person.id();
        return List.of(
                reader.section("resident", PersonalSql.RESIDENT, districtId, id),
                reader.section("staff", PersonalSql.STAFF, districtId, id),
                reader.section("roles", PersonalSql.ROLES, districtId, id),
                reader.section("accountChanges", PersonalSql.ACCOUNT_CHANGES, districtId, id),
                reader.section("logins", PersonalSql.LOGINS, id),
                reader.section("districts", PersonalSql.DISTRICTS, id),
                reader.section("sessions", PersonalSql.SESSIONS, districtId, id),
                reader.section("households", PersonalSql.HOUSEHOLDS, districtId, id),
                reader.section("mandates", PersonalSql.MANDATES, districtId, id),
                reader.section("claims", PersonalSql.CLAIMS, districtId, id),
                reader.section("changes", PersonalSql.CHANGES, districtId, id));
    }

    /**
     * The row stays as a pseudonym. Without the login the same openid is somebody new; without the sessions whoever still
     * holds a token is nobody.
     */
    @Override
    public Future<Set<UUID>> erase(SqlConnection transaction, Person person, Instant now) {
        var here = Tuple.of(person.districtId(), person.id());
        var registrar = execute(transaction, PersonalSql.LOCK, here);
        var ended = Tuple.of(person.districtId(), person.id(), Rows.utc(now));
        return registrar
                .compose(locked -> execute(
                        transaction,
                        PersonalSql.ERASE_RESIDENT,
                        Tuple.of(person.districtId(), person.id(), cipher.seal(Masked.ERASED), Rows.utc(now))))
                .compose(done -> execute(transaction, PersonalSql.LEAVE_DISTRICT, here))
                .compose(done -> execute(transaction, PersonalSql.LEAVE_WECHAT, Tuple.of(person.id())))
                .compose(done -> sessions.endAll(transaction, person.id(), Caller.Kind.RESIDENT, null))
                .compose(done -> answered(
                        transaction,
                        List.of(PersonalSql.WHO_CHANGED, PersonalSql.DROP_CLAIMS, PersonalSql.LEAVE_HOUSEHOLDS),
                        here))
                .compose(before -> execute(transaction, PersonalSql.REVOKE_MANDATES, ended)
                        .map(mandates -> Stream.of(others(registrar.result()), before, others(mandates))
                                .flatMap(Set::stream)
                                .collect(Collectors.toSet())));
    }

    /** Homes, mandates and the login; whoever holds a token of the entry that goes logs in anew. */
    @Override
    public Future<Void> follow(SqlConnection transaction, OnePerson one) {
        var both = Tuple.of(one.districtId(), one.goneId(), one.staysId());
        var ended = Tuple.of(one.districtId(), one.goneId(), one.staysId(), Rows.utc(one.now()), one.byId());
        return execute(transaction, MergeSql.FOLD_MEMBERSHIPS, both)
                .compose(done -> execute(transaction, MergeSql.MOVE_MEMBERSHIPS, both))
                .compose(done -> execute(transaction, MergeSql.END_MANDATES_BETWEEN, ended))
                .compose(done -> execute(transaction, MergeSql.END_SECOND_MANDATES, ended))
                .compose(done -> execute(transaction, MergeSql.MOVE_MANDATES, both))
                .compose(done -> execute(transaction, MergeSql.END_CLAIMS_BETWEEN, both))
                .compose(done -> execute(transaction, MergeSql.DROP_OLD_CLAIMS, both))
                .compose(done -> execute(transaction, MergeSql.MOVE_CLAIMS, both))
                .compose(
                        done -> execute(transaction, PersonalSql.DROP_CLAIMS, Tuple.of(one.districtId(), one.goneId())))
                .compose(done -> execute(transaction, MergeSql.MOVE_LOGINS, Tuple.of(one.goneId(), one.staysId())))
                .compose(done ->
                        execute(transaction, PersonalSql.LEAVE_DISTRICT, Tuple.of(one.districtId(), one.goneId())))
                .compose(done -> sessions.endAll(transaction, one.goneId(), Caller.Kind.RESIDENT, null));
    }

    /** One after another; the people whom they name. */
    private static Future<Set<UUID>> answered(SqlClient client, List<String> statements, Tuple values) {
        Future<Set<UUID>> named = Future.succeededFuture(Set.of());
        for (var sql : statements) {
            named = named.compose(before -> execute(client, sql, values)
                    .map(rows -> Stream.concat(before.stream(), others(rows).stream())
                            .collect(Collectors.toSet())));
        }
        return named;
    }

    private static Set<UUID> others(RowSet<Row> rows) {
        return Rows.stream(rows)
                .flatMap(row -> IntStream.range(0, row.size()).mapToObj(row::getUUID))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static Future<RowSet<Row>> execute(SqlClient client, String sql, Tuple values) {
        return client.preparedQuery(sql).execute(values);
    }
}
