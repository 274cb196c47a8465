package org.huying.account.personal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.huying.db.Database;
import org.huying.db.personal.PersonalData.Person;
import org.huying.db.personal.Section;
import org.huying.kernel.Caller;

/** Everything about somebody in one file: what the tables say at one instant, and then the pictures. */
final class ExportService {
    /** Of pictures; what has no room is listed all the same. */
    private static final long PICTURES_MAX_BYTES = 32L << 20;

    private final Vertx vertx;
    private final Database database;
    private final PersonalParts parts;
    private final Clock clock;

    ExportService(Vertx vertx, Database database, PersonalParts parts, Clock clock) {
        this.vertx = vertx;
        this.database = database;
        this.parts = parts;
        this.clock = clock;
    }

    private record Told(List<Section> sections, List<UUID> pictures) {}

    Future<Buffer> export(Caller caller) {
        var person = new Person(caller.districtId(), caller.personId());
        Instant now = clock.instant();
        return database.inSnapshot(client -> parts.tell(client, person)
                        .compose(sections -> parts.photos()
                                .fitting(client, person, PICTURES_MAX_BYTES)
                                .map(pictures -> new Told(sections, pictures))))
                .compose(told -> parts.photos()
                        .files(told.pictures())
                        .map(files -> new ExportFile(person, now, told.sections(), files)))
                .compose(file -> vertx.executeBlocking(file::write, false));
    }
}
