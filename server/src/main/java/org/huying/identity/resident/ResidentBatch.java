package org.huying.identity.resident;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.identity.Imprint;
import org.huying.kernel.Ids;
import org.huying.kernel.spelling.NormalForm;
import org.jspecify.annotations.Nullable;

/** Many residents at once, for who takes them in from elsewhere. */
public final class ResidentBatch {
    /**
     * Somebody to be registered.
     *
     * @param relation to the household, {@code owner}, {@code tenant} or {@code family}
     */
    public record Newcomer(
            String name,
            LocalDate birthDate,
            boolean birthDateVerified,
            @Nullable String phone,
            @Nullable UUID householdId,
            String relation,
            String consentNote) {}

    /**
     * Somebody who is registered.
     *
     * @param plainName  in its {@link NormalForm}, like the phone
     * @param households where they are an approved member, or somebody entered them and it waits to be agreed
     */
    public record Known(
            UUID id,
            String plainName,
            @Nullable String plainPhone,
            @Nullable LocalDate birthDate,
            boolean birthDateVerified,
            Set<UUID> households) {}

    /** What is added to somebody of whom it was not known; absent where nothing is. */
    public record Addition(
            UUID residentId,
            @Nullable String phone,
            @Nullable LocalDate birthDate,
            boolean verified,
            @Nullable UUID householdId,
            String relation) {
        /** Of the resident. */
        List<String> fields() {
            return new ResidentChange(null, phone, birthDate, verified ? true : null).fields();
        }
    }

    /** Masked. */
    public record ToldApart(
            UUID residentId,
            String name,
            @Nullable String phone,
            @Nullable Integer birthYear,
            @Nullable String compoundName) {}

    private record Membership(UUID residentId, UUID householdId, String relation) {}

    private final FieldCipher cipher;
    private final ResidentStore store;

    public ResidentBatch(FieldCipher cipher) {
        this.cipher = cipher;
        this.store = new ResidentStore(cipher);
    }

    public static boolean isLikely(LocalDate birthDate, Instant now, ZoneId zone) {
        return BirthDates.isLikely(birthDate, now, zone);
    }

    public static boolean isVerifiable(LocalDate birthDate, Instant now, ZoneId zone) {
        return BirthDates.isVerifiable(birthDate, now, zone);
    }

    /** Until the transaction ends nobody is registered one by one: whoever just was is found, and finds who is taken in. */
    public Future<Void> hold(SqlConnection transaction, UUID districtId) {
        return transaction
                .preparedQuery(ResidentSql.BEGIN_REGISTERING_MANY)
                .execute(Tuple.of(districtId))
                .mapEmpty();
    }

    /** Those of these names or numbers, who have not been erased. */
    public Future<List<Known>> known(
            SqlClient client, UUID districtId, Collection<String> names, Collection<String> numbers) {
        return client.preparedQuery(ResidentSql.OF_NAMES_OR_NUMBERS)
                .execute(Tuple.of(
                        districtId,
                        names.stream()
                                .map(name -> cipher.index(NormalForm.ofName(name)))
                                .toArray(Buffer[]::new),
                        numbers.stream()
                                .map(number -> cipher.index(NormalForm.ofNumber(number)))
                                .toArray(Buffer[]::new)))
                .map(Rows.list(this::known));
    }

    private Known known(Row row) {
        var phone = cipher.open(row.getBuffer("phone_sealed"));
        var birthDate = cipher.open(row.getBuffer("birth_date_sealed"));
        return new Known(
                row.getUUID("id"),
                NormalForm.ofName(cipher.openPresent(row.getBuffer("name_sealed")))
                        .text(),
                phone == null ? null : NormalForm.ofNumber(phone).text(),
                birthDate == null ? null : LocalDate.parse(birthDate),
                row.getBoolean("birth_date_verified"),
                Set.of(row.getArrayOfUUIDs("households")));
    }

    /** What was made, in their order. */
    public Future<List<Imprint>> add(
            SqlConnection transaction, UUID districtId, List<Newcomer> people, UUID byId, Instant now) {
        var ids = people.stream().map(each -> Ids.next()).toList();
        var memberships = new ArrayList<Membership>();
        for (int i = 0; i < people.size(); i++) {
            var household = people.get(i).householdId();
            if (household != null) {
                memberships.add(
                        new Membership(ids.get(i), household, people.get(i).relation()));
            }
        }
        return transaction
                .preparedQuery(ResidentSql.INSERT_ALL)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addValue(ids.toArray(UUID[]::new))
                        .addValue(sealed(people, Newcomer::name))
                        .addValue(indexed(people, Newcomer::name, NormalForm::ofName))
                        .addValue(sealed(people, Newcomer::phone))
                        .addValue(indexed(people, Newcomer::phone, NormalForm::ofNumber))
                        .addValue(sealed(people, each -> each.birthDate().toString()))
                        .addValue(
                                people.stream().map(Newcomer::birthDateVerified).toArray(Boolean[]::new))
                        .addValue(sealed(people, Newcomer::consentNote))
                        .addUUID(byId)
                        .addOffsetDateTime(Rows.utc(now)))
                .compose(done -> join(
                        transaction, ResidentSql.INSERT_MEMBERS, districtId, memberships, byId, Rows.utcMillis(now)))
                .compose(joined -> transaction
                        .preparedQuery(ResidentSql.IMPRINTS)
                        .execute(Tuple.of(
                                districtId,
                                ids.toArray(UUID[]::new),
                                people.stream().map(Newcomer::householdId).toArray(UUID[]::new))))
                .map(Rows.list(row -> new Imprint(
                        row.getUUID("id"),
                        row.getString("seen"),
                        null,
                        null,
                        null,
                        row.getUUID("home"),
                        row.getString("home_entry"))));
    }

    /** And who added it when. What was added, in its order. */
    public Future<List<Imprint>> complete(
            SqlConnection transaction, UUID districtId, List<Addition> additions, UUID byId, Instant now) {
        var memberships = new ArrayList<Membership>();
        var done = Future.<Void>succeededFuture();
        for (var each : additions) {
            if (each.householdId() != null) {
                memberships.add(new Membership(each.residentId(), each.householdId(), each.relation()));
            }
            if (!each.fields().isEmpty()) {
                done = done.compose(before -> store.complete(transaction, districtId, byId, each, now));
            }
        }
        return done.compose(all ->
                        join(transaction, ResidentSql.ADD_MEMBERS, districtId, memberships, byId, Rows.utcMillis(now)))
                .compose(joined -> transaction
                        .preparedQuery(ResidentSql.IMPRINTS)
                        .execute(Tuple.of(
                                districtId,
                                additions.stream().map(Addition::residentId).toArray(UUID[]::new),
                                additions.stream().map(Addition::householdId).toArray(UUID[]::new))))
                .map(Rows.list(row -> row))
                .map(rows -> {
                    var added = new ArrayList<Imprint>();
                    for (int i = 0; i < rows.size(); i++) {
                        added.add(imprint(rows.get(i), additions.get(i)));
                    }
                    return added;
                });
    }

    private static Imprint imprint(Row row, Addition added) {
        var birthDate = row.getString("birth_date");
        return new Imprint(
                row.getUUID("id"),
                null,
                added.phone() == null ? null : row.getString("phone"),
                added.birthDate() == null ? null : birthDate,
                added.verified() ? birthDate : null,
                row.getUUID("home"),
                row.getString("home_entry"));
    }

    /** Who these are, so far as people of one name are told apart by it. */
    public Future<List<ToldApart>> toldApart(SqlClient client, UUID districtId, Collection<UUID> ids) {
        return client.preparedQuery(ResidentSql.TOLD_APART)
                .execute(Tuple.of(districtId, (Object) ids.toArray(UUID[]::new)))
                .map(Rows.list(row -> {
                    var match = ResidentMatch.from(row, cipher);
                    return new ToldApart(
                            match.id(), match.name(), match.phone(), match.birthYear(), match.compoundName());
                }));
    }

    private static Future<Void> join(
            SqlConnection transaction,
            String sql,
            UUID districtId,
            List<Membership> memberships,
            UUID byId,
            OffsetDateTime at) {
        return transaction
                .preparedQuery(sql)
                .execute(Tuple.tuple()
                        .addUUID(districtId)
                        .addValue(memberships.stream().map(each -> Ids.next()).toArray(UUID[]::new))
                        .addValue(memberships.stream()
                                .map(Membership::householdId)
                                .toArray(UUID[]::new))
                        .addValue(
                                memberships.stream().map(Membership::residentId).toArray(UUID[]::new))
                        .addValue(memberships.stream().map(Membership::relation).toArray(String[]::new))
                        .addOffsetDateTime(at)
                        .addUUID(byId))
                .mapEmpty();
    }

    private @Nullable Buffer[] sealed(List<Newcomer> people, Function<Newcomer, @Nullable String> part) {
        return people.stream().map(each -> cipher.seal(part.apply(each))).toArray(Buffer[]::new);
    }

    private @Nullable Buffer[] indexed(
            List<Newcomer> people, Function<Newcomer, @Nullable String> part, Function<String, NormalForm> form) {
        return people.stream()
                .map(part)
                .map(text -> text == null ? null : cipher.index(form.apply(text)))
                .toArray(Buffer[]::new);
    }
}
