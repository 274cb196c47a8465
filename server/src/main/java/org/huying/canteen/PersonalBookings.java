package org.huying.canteen;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.db.job.Jobs;
import org.huying.db.personal.OnePerson;
import org.huying.db.personal.PersonalData;
import org.huying.db.personal.Section;
import org.huying.db.personal.SectionReader;
import org.huying.identity.People;
import org.huying.kernel.Masked;
import org.huying.kernel.Role;

/** What the person ate, and booked for others. */
public final class PersonalBookings implements PersonalData {
    private final FieldCipher cipher;
    private final SectionReader reader;
    private final People people;
    private final BookingMerge merge;

    public PersonalBookings(FieldCipher cipher, People people) {
        this.cipher = cipher;
        this.reader = new SectionReader(cipher);
        this.people = people;
        this.merge = new BookingMerge(cipher, people);
    }

    @Override
    public List<Section> tell(Person person) {
        return List.of(reader.section("bookings", PersonalSql.BOOKINGS, person.districtId(), person.id()));
    }

    /** A meal that is still to be eaten. */
    @Override
    public Future<List<Unfinished>> unfinished(SqlClient client, Person person) {
        return client.preparedQuery(PersonalSql.UNFINISHED)
                .execute(Tuple.of(person.districtId(), person.id()))
                .map(Rows.list(row -> new Unfinished("booking", row.getUUID("id"))));
    }

    /** Bookings stay as they are counted; those that the person made for others are theirs, for whom they were made. */
    @Override
    public Future<Set<UUID>> erase(SqlConnection transaction, Person person, Instant now) {
        return transaction
                .preparedQuery(PersonalSql.ERASE)
                .execute(Tuple.of(person.districtId(), person.id(), cipher.seal(Masked.ERASED)))
                .compose(erased -> Jobs.drop(transaction, person.districtId(), Absences.SIGNAL, List.of(person.id()))
                        .compose(dropped -> answered(transaction, person.districtId(), erased)));
    }

    @Override
    public Future<Void> hold(SqlConnection transaction, OnePerson one) {
        return merge.hold(transaction, one);
    }

    @Override
    public Future<Void> follow(SqlConnection transaction, OnePerson one) {
        return merge.follow(transaction, one);
    }

    /** Who booked and cancelled, and whoever stands at the counters of these canteens. */
    private Future<Set<UUID>> answered(SqlClient client, UUID districtId, RowSet<Row> bookings) {
        var answered = Rows.stream(bookings)
                .flatMap(row -> Stream.of(row.getUUID("booked_by_id"), row.getUUID("cancelled_by_id")))
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(HashSet::new));
        var counters = Rows.stream(bookings)
                .map(row -> row.getUUID("canteen_id"))
                .distinct()
                .map(canteen -> people.holdersOf(client, districtId, canteen, Role.CANTEEN_OPERATOR)
                        .onSuccess(answered::addAll))
                .toList();
        return Future.all(counters).map(all -> answered);
    }
}
