package org.huying.account.personal;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.huying.canteen.PersonalBookings;
import org.huying.db.FieldCipher;
import org.huying.db.personal.OnePerson;
import org.huying.db.personal.PersonalData;
import org.huying.db.personal.PersonalData.Person;
import org.huying.db.personal.PersonalData.Unfinished;
import org.huying.db.personal.Section;
import org.huying.http.Idempotency;
import org.huying.identity.People;
import org.huying.identity.PersonalIdentity;
import org.huying.identity.session.Sessions;
import org.huying.identity.unmasking.Unmaskings;
import org.huying.notify.PersonalNotices;
import org.huying.photo.PersonalPhotos;
import org.huying.ticket.PersonalTickets;

/** What all features together keep of a person. */
public final class PersonalParts {
    private final List<PersonalData> parts;
    private final PersonalPhotos photos;

    public PersonalParts(
            FieldCipher cipher, People people, Sessions sessions, Unmaskings unmaskings, PersonalPhotos photos) {
        this.photos = photos;
        // the last ends the sessions: until then the transaction may still fail, and with it nothing has happened
        this.parts = List.of(
                new PersonalBookings(cipher, people),
                new PersonalTickets(cipher),
                photos,
                new PersonalNotices(cipher),
                unmaskings,
                new PersonalIdentity(cipher, sessions));
    }

    /** Locks what of two entries of one person is locked before people are. */
    public Future<Void> hold(SqlConnection transaction, OnePerson one) {
        return each(part -> part.hold(transaction, one));
    }

    /** All that hangs on the entry that goes is the other's; at last its sessions end. */
    public Future<Void> follow(SqlConnection transaction, OnePerson one) {
        return each(part -> part.follow(transaction, one));
    }

    private Future<Void> each(Function<PersonalData, Future<Void>> act) {
        Future<Void> done = Future.succeededFuture();
        for (var part : parts) {
            done = done.compose(before -> act.apply(part));
        }
        return done;
    }

    PersonalPhotos photos() {
        return photos;
    }

    List<Section> tell(Person person) {
        return parts.stream().flatMap(part -> part.tell(person).stream()).toList();
    }

    Future<List<Unfinished>> unfinished(SqlClient client, Person person) {
        var found = parts.stream().map(part -> part.unfinished(client, person)).toList();
        return Future.all(found)
                .map(all ->
                        found.stream().flatMap(each -> each.result().stream()).toList());
    }

    /** One after another; at last the answers that were kept for the person, and for others who were told of them. */
    Future<Void> erase(SqlConnection transaction, Person person, Instant now) {
        var answered = new HashSet<UUID>();
        answered.add(person.id());
        Future<Set<UUID>> erased = Future.succeededFuture(Set.of());
        for (var part : parts) {
            erased = erased.compose(before -> part.erase(transaction, person, now))
                    .onSuccess(answered::addAll);
        }
        return erased.compose(done -> Idempotency.forget(transaction, person.districtId(), new ArrayList<>(answered)));
    }
}
