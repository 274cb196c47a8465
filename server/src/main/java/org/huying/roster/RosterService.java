package org.huying.roster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.huying.db.FieldCipher;
import org.huying.db.job.Jobs;
import org.huying.http.Cursor;
import org.huying.http.FairWorkers;
import org.huying.http.Page;
import org.huying.identity.resident.ResidentBatch;
import org.huying.identity.resident.ResidentBatch.ToldApart;
import org.huying.identity.unmasking.Searches;
import org.huying.kernel.Caller;
import org.huying.kernel.Fault;
import org.huying.kernel.Faults;
import org.huying.kernel.Ids;
import org.huying.kernel.MemoryBudget;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** Who hands in files, and how far they have come. */
final class RosterService {
    /** Files are read one at a time: each may take tens of megabytes, and seconds. */
    private static final int READERS = 1;

    private static final int READINGS_WAITING_MAX = 8;
    private static final int READINGS_WAITING_EACH = 2;

    /** Of a district. */
    private static final int UNFINISHED_MAX = 10;

    private final FairWorkers readers;
    private final RosterStore store;
    private final ResidentBatch residents;
    private final DecisionService decisions;
    private final UndoService undoing;
    private final Clock clock;

    RosterService(Vertx vertx, FieldCipher cipher, Places places, Clock clock) {
        this.readers = FairWorkers.shared(
                vertx, "imports", READERS, READINGS_WAITING_MAX, READINGS_WAITING_EACH, "imports_busy");
        this.store = new RosterStore(cipher);
        this.residents = new ResidentBatch(cipher);
        this.decisions = new DecisionService(
                store,
                new VerdictStore(cipher),
                new Guesses(store, new Searches(cipher, clock)),
                new ResidentIntake(store, cipher, places),
                clock);
        this.undoing = new UndoService(clock);
        this.clock = clock;
    }

    /** A file that could be read. */
    record Handed(Kind kind, Buffer fileIndex, List<FileRow> rows, List<Buffer> sealed) {}

    /** Refuses what is no such file, and what takes more memory than there is for it. */
    Future<Handed> read(Caller caller, Kind kind, Buffer file, MemoryBudget.Hold hold) {
        return readers.run(caller.personId().toString(), false, () -> {
            var bytes = file.getBytes();
            var rows = RosterFile.read(kind, bytes, hold);
            return new Handed(kind, store.fileIndex(bytes), rows, store.sealed(rows));
        });
    }

    /** What is asked for: {@code digest} is that of the dry run which is confirmed. */
    record Order(boolean dryRun, boolean skipBad, @Nullable String digest) {}

    Future<ImportView> start(SqlConnection transaction, Caller caller, Handed handed, Order order) {
        return order.dryRun()
                ? begin(transaction, caller, handed, order, null)
                : confirmed(transaction, caller, handed, order.digest())
                        .compose(checkId -> begin(transaction, caller, handed, order, checkId));
    }

    /** The check that is confirmed. */
    private Future<UUID> confirmed(SqlConnection transaction, Caller caller, Handed handed, @Nullable String digest) {
        if (digest == null) {
            return Future.failedFuture(Faults.of("/query/digest", "digest_required"));
        }
        return store.checkOf(transaction, caller.districtId(), handed, digest)
                .map(check -> check.orElseThrow(() -> Refusal.conflict("import_changed")));
    }

    private Future<ImportView> begin(
            SqlConnection transaction, Caller caller, Handed handed, Order order, @Nullable UUID checkId) {
        var now = clock.instant();
        var made =
                new RosterImport(Ids.next(), handed.kind(), order.dryRun(), order.skipBad(), false, caller.personId());
        var district = caller.districtId();
        return store.lockDistrict(transaction, district)
                .compose(locked -> store.unfinished(transaction, district))
                .compose(unfinished -> unfinished < UNFINISHED_MAX
                        ? store.insert(transaction, district, made, handed, order.dryRun() ? null : order.digest(), now)
                        : Future.failedFuture(Refusal.conflict("imports_unfinished")))
                .compose(done -> checkId == null
                        ? Future.succeededFuture()
                        : store.copyDecisions(transaction, district, made.id(), checkId))
                .compose(done -> Jobs.leave(transaction, district, Jobs.NewJob.of(RosterJob.GO_ON, made.id(), now)))
                .compose(left -> get(transaction, caller, made.id()));
    }

    /** Nobody but an administrator knows of imports. */
    Future<ImportView> get(SqlClient client, Caller caller, UUID importId) {
        if (!caller.is(Role.ADMIN)) {
            return Future.failedFuture(Refusal.notFound());
        }
        return store.find(client, caller.districtId(), importId).map(found -> found.orElseThrow(Refusal::notFound));
    }

    /** Of a row of a check; tells how the check stands then, with the digest that confirms it. */
    Future<ImportView> decide(SqlConnection transaction, Caller caller, UUID importId, int row, Decision decision) {
        return get(transaction, caller, importId)
                .compose(found -> decisions.decide(transaction, caller, importId, row, decision))
                .compose(done -> get(transaction, caller, importId));
    }

    Future<ImportView> undo(SqlConnection transaction, Caller caller, UUID importId) {
        return get(transaction, caller, importId)
                .compose(found -> undoing.undo(transaction, caller, importId))
                .compose(begun -> get(transaction, caller, importId));
    }

    /** What stands in the file, activation codes, and whom a row may be about, only for whoever handed it in. */
    Future<Page<ImportRowView>> rows(
            SqlClient client,
            Caller caller,
            UUID importId,
            @Nullable String outcome,
            @Nullable Cursor cursor,
            int limit,
            Function<Fault, String> words) {
        var after = cursor == null ? null : cursor.integer(0);
        return get(client, caller, importId).compose(found -> {
            var isTheirs = found.startedById().equals(caller.personId());
            return store.rows(client, caller.districtId(), importId, outcome, after, limit + 1)
                    .compose(rows -> toldApart(client, caller, isTheirs ? rows : List.of())
                            .map(people -> Page.of(rows, limit, row -> List.of(Integer.toString(row.number())))
                                    .map(row -> view(row, isTheirs, people, words))));
        });
    }

    private Future<Map<UUID, ToldApart>> toldApart(SqlClient client, Caller caller, List<RosterStore.Kept> rows) {
        var ids = rows.stream()
                .flatMap(row -> row.candidates().stream())
                .distinct()
                .toList();
        return ids.isEmpty()
                ? Future.succeededFuture(Map.of())
                : residents
                        .toldApart(client, caller.districtId(), ids)
                        .map(people ->
                                people.stream().collect(Collectors.toMap(ToldApart::residentId, Function.identity())));
    }

    private static ImportRowView view(
            RosterStore.Kept row, boolean isTheirs, Map<UUID, ToldApart> people, Function<Fault, String> words) {
        var content = row.content();
        return new ImportRowView(
                row.number(),
                row.outcome(),
                row.errors().stream()
                        .map(error -> ImportRowView.Wrong.of(error, words))
                        .toList(),
                isTheirs && content != null ? RosterStore.cells(content) : null,
                isTheirs ? row.activationCode() : null,
                row.candidates().stream()
                        .map(people::get)
                        .filter(Objects::nonNull)
                        .toList(),
                ImportRowView.Decided.of(row.decision()),
                row.undone());
    }
}
