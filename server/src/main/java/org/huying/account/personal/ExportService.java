package org.huying.account.personal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.huying.db.Database;
import org.huying.db.personal.PersonalData.Person;
import org.huying.db.personal.Section;
import org.huying.http.StreamedBody;
import org.huying.kernel.Caller;
import org.huying.kernel.MemoryBudget;
import org.huying.kernel.Refusal;

/**
 * Everything about somebody in one file: what the tables say at one instant, and then the pictures. The rows are packed page
 * by page while the snapshot lasts, which waits for nobody; what they come to packed counts as held by the request until it
 * has been taken. The pictures are read one by one, as fast as they are taken.
 */
final class ExportService {
    /** Of pictures; what has no room is listed all the same. */
    private static final long PICTURES_MAX_BYTES = 32L << 20;

    /** Of a node; each takes a connection while it reads. */
    private static final int AT_ONCE = 4;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    /** All but the pictures. */
    private record Packed(ExportArchive archive, List<UUID> pictures) {}

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    private final Vertx vertx;
    private final Database database;
    private final PersonalParts parts;
    private final Clock clock;
    /** Who is having theirs made, on whichever event loop. */
    private final LocalMap<String, Boolean> underWay;

    ExportService(Vertx vertx, Database database, PersonalParts parts, Clock clock) {
        this.vertx = vertx;
        this.database = database;
        this.parts = parts;
        this.clock = clock;
        this.underWay = vertx.sharedData().getLocalMap("exports");
    }

    /** One at a time of each person: {@code export_under_way}; and some of a node: {@code exports_busy}. */
    Future<StreamedBody> export(Caller caller, MemoryBudget.Hold hold) {
        var person = new Person(caller.districtId(), caller.personId());
        if (underWay.putIfAbsent(person.id().toString(), true) != null) {
            return Future.failedFuture(Refusal.tooMany("export_under_way", RETRY_AFTER));
        }
        hold.whenReleased(() -> underWay.remove(person.id().toString()));
        if (underWay.size() > AT_ONCE) {
            return Future.failedFuture(Refusal.unavailable("exports_busy"));
        }
        return database.inSnapshot(connection -> pack(connection, person, hold))
                .map(packed -> sink -> send(packed.archive(), packed.pictures(), sink));
    }

    private Future<Packed> pack(SqlConnection connection, Person person, MemoryBudget.Hold hold) {
        var archive = new ExportArchive();
        return parts.photos()
                .fitting(connection, person, PICTURES_MAX_BYTES)
                .compose(pictures -> aside(() -> archive.begin(person, clock.instant(), pictures))
                        .compose(begun -> sections(connection, archive, person, hold))
                        .map(new Packed(archive, pictures)));
    }

    private Future<Void> sections(
            SqlConnection connection, ExportArchive archive, Person person, MemoryBudget.Hold hold) {
        var cut = new ArrayList<String>();
        Future<Void> told = Future.succeededFuture();
        for (var section : parts.tell(person)) {
            told = told.compose(before -> section(connection, archive, section, hold))
                    .onSuccess(isCut -> {
                        if (isCut) {
                            cut.add(section.name());
                        }
                    })
                    .mapEmpty();
        }
        return told.compose(all -> aside(() -> archive.endData(cut)));
    }

    private Future<Boolean> section(
            SqlConnection connection, ExportArchive archive, Section section, MemoryBudget.Hold hold) {
        return aside(() -> archive.beginSection(section.name()))
                .compose(begun -> section.read(connection, rows -> {
                    int before = archive.size();
                    return aside(() -> archive.rows(rows)).map(written -> {
                        hold.more(archive.size() - before);
                        return null;
                    });
                }))
                .compose(isCut -> aside(archive::endSection).map(isCut));
    }

    private Future<Void> send(ExportArchive archive, List<UUID> pictures, StreamedBody.Sink sink) {
        var sent = sink.write(archive.take());
        for (var id : pictures) {
            sent = sent.compose(before -> parts.photos().file(id))
                    .compose(found ->
                            found.isEmpty() ? Future.succeededFuture() : aside(() -> archive.picture(id, found.get())))
                    .compose(packed -> sink.write(archive.take()));
        }
        return sent.compose(all -> aside(archive::end)).compose(ended -> sink.write(archive.take()));
    }

    private Future<Void> aside(Step step) {
        return vertx.executeBlocking(
                () -> {
                    step.run();
                    return null;
                },
                false);
    }
}
