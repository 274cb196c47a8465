package org.huying.photo;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.personal.PersonalData;
import org.huying.db.personal.Section;
import org.huying.db.personal.SectionReader;

/**
 * The photos that the person handed in, and those of their consents. What a ticket has claimed goes with the words of its
 * event, which is the ticket's.
 */
public final class PersonalPhotos implements PersonalData {
    /** A picture as it is kept. */
    public record File(UUID id, Buffer jpeg) {}

    private final SectionReader reader;
    private final PhotoStore store = new PhotoStore();
    private final PhotoWorkshop workshop;

    public PersonalPhotos(FieldCipher cipher, PhotoWorkshop workshop) {
        this.reader = new SectionReader(cipher);
        this.workshop = workshop;
    }

    @Override
    public Future<List<Section>> tell(SqlClient client, Person person) {
        return reader.read(client, "photos", PhotoSql.TOLD, person.districtId(), person.id())
                .map(List::of);
    }

    /** Those that {@link #files} is to read: the latest, as far as they have room in so many bytes. */
    public Future<List<UUID>> fitting(SqlClient client, Person person, long bytesMax) {
        return store.fitting(client, person.districtId(), person.id(), bytesMax);
    }

    /** One after another; one that has been swept meanwhile is left out. */
    public Future<List<File>> files(List<UUID> ids) {
        var files = new ArrayList<File>();
        Future<Void> read = Future.succeededFuture();
        for (var id : ids) {
            read = read.compose(before -> workshop.get(id, PhotoFiles.Size.FULL))
                    .onSuccess(found -> found.ifPresent(jpeg -> files.add(new File(id, Buffer.buffer(jpeg)))))
                    .mapEmpty();
        }
        return read.map(done -> files);
    }

    @Override
    public Future<Set<UUID>> erase(SqlConnection transaction, Person person, Instant now) {
        return store.eraseUnclaimed(transaction, person.districtId(), person.id())
                .compose(erased -> PhotoService.leaveSweeps(transaction, person.districtId(), erased, now))
                .map(Set.of());
    }
}
