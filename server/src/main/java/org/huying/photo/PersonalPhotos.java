package org.huying.photo;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.personal.OnePerson;
import org.huying.db.personal.PersonalData;
import org.huying.db.personal.Section;
import org.huying.db.personal.SectionReader;

/**
 * The photos that the person handed in, and those of their consents. What a ticket has claimed goes with the words of its
 * event, which is the ticket's.
 */
public final class PersonalPhotos implements PersonalData {
    private final SectionReader reader;
    private final PhotoStore store = new PhotoStore();
    private final PhotoWorkshop workshop;

    public PersonalPhotos(FieldCipher cipher, PhotoWorkshop workshop) {
        this.reader = new SectionReader(cipher);
        this.workshop = workshop;
    }

    @Override
    public List<Section> tell(Person person) {
        return List.of(reader.section("photos", PhotoSql.TOLD, person.districtId(), person.id()));
    }

    /** Those that are to be read by {@link #file}: the latest, as far as they have room in so many bytes. */
    public Future<List<UUID>> fitting(SqlClient client, Person person, long bytesMax) {
        return store.fitting(client, person.districtId(), person.id(), bytesMax);
    }

    /** A picture as it is kept; empty for one that has been swept meanwhile. */
    public Future<Optional<byte[]>> file(UUID id) {
        return workshop.get(id, PhotoFiles.Size.FULL);
    }

    @Override
    public Future<Set<UUID>> erase(SqlConnection transaction, Person person, Instant now) {
        return store.eraseUnclaimed(transaction, person.districtId(), person.id())
                .compose(erased -> PhotoService.leaveSweeps(transaction, person.districtId(), erased, now))
                .map(Set.of());
    }

    @Override
    public Future<Void> follow(SqlConnection transaction, OnePerson one) {
        return store.move(transaction, one.districtId(), one.goneId(), one.staysId());
    }
}
