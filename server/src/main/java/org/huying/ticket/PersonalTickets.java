package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.huying.db.FieldCipher;
import org.huying.db.Rows;
import org.huying.db.personal.OnePerson;
import org.huying.db.personal.PersonalData;
import org.huying.db.personal.Section;
import org.huying.db.personal.SectionReader;
import org.huying.photo.Photos;

/** What the person reported, said and judged, or others in their name. */
public final class PersonalTickets implements PersonalData {
    private final SectionReader reader;
    private final Photos photos = new Photos();

    public PersonalTickets(FieldCipher cipher) {
        this.reader = new SectionReader(cipher);
    }

    @Override
    public List<Section> tell(Person person) {
        var districtId = person.districtId();
        var id = person.id();
        return List.of(
                reader.section("tickets", PersonalSql.TICKETS, districtId, id),
                reader.section("ticketEvents", PersonalSql.EVENTS, districtId, id)
                        .map(PersonalTickets::withTexts),
                reader.section("followedTickets", PersonalSql.FOLLOWED, districtId, id));
    }

    /** Without the salts, which prove the words to whoever verifies the log. */
    private static Map<String, Object> withTexts(Map<String, Object> event) {
        var told = new LinkedHashMap<>(event);
        if (told.remove("shown") instanceof String shown) {
            told.put(
                    "texts",
                    new JsonObject(shown)
                            .getJsonObject("texts", new JsonObject())
                            .getMap());
        }
        return told;
    }

    /** A report of theirs that is still open, also one about their household. */
    @Override
    public Future<List<Unfinished>> unfinished(SqlClient client, Person person) {
        return client.preparedQuery(PersonalSql.UNFINISHED)
                .execute(Tuple.of(person.districtId(), person.id()))
                .map(Rows.list(row -> new Unfinished("ticket", row.getUUID("id"))));
    }

    /** Words and photos go; events, hashes, pseudonyms and rows stay, so that chains hold and figures do not move. */
    @Override
    public Future<Set<UUID>> erase(SqlConnection transaction, Person person, Instant now) {
        var values = Tuple.of(person.districtId(), person.id());
        return transaction
                .preparedQuery(PersonalSql.ERASE_WORDS)
                .execute(values)
                .map(Rows.list(row -> new Photos.Event(row.getUUID("ticket_id"), row.getInteger("seq"))))
                .compose(events -> photos.erase(transaction, person.districtId(), events, now)
                        .compose(done -> transaction
                                .preparedQuery(PersonalSql.FORGET_FOLLOWER)
                                .execute(values))
                        .compose(done -> transaction
                                .preparedQuery(PersonalSql.FORGET_REPORTER)
                                .execute(values))
                        .compose(done -> parties(transaction, person.districtId(), events)));
    }

    /**
     * Reports stay those of the entry that the log names, and are seen and acted on by the one that stays; only what the log
     * does not have is given to it.
     */
    @Override
    public Future<Void> follow(SqlConnection transaction, OnePerson one) {
        return transaction
                .preparedQuery(PersonalSql.MOVE_FOLLOWER)
                .execute(Tuple.of(one.districtId(), one.goneId(), one.staysId()))
                .mapEmpty();
    }

    private static Future<Set<UUID>> parties(SqlClient client, UUID districtId, List<Photos.Event> events) {
        var tickets = events.stream().map(Photos.Event::ticketId).distinct().toArray(UUID[]::new);
        return client.preparedQuery(PersonalSql.PARTIES)
                .execute(Tuple.of(districtId, (Object) tickets))
                .map(rows ->
                        Rows.stream(rows).map(row -> row.getUUID("person_id")).collect(Collectors.toSet()));
    }
}
