package org.huying.db.seal;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.huying.db.FieldCipher;
import org.huying.db.job.Job;
import org.huying.db.job.JobHandler;
import org.huying.db.job.Jobs;
import org.huying.db.job.NotBefore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a district's sealed values under the current key, a step a second, kind after kind. What a pass has found is final
 * when it began behind a {@link KeyBarrier}; until then, pass follows on pass. Only nodes whose current key is the newest
 * do it.
 */
public final class Resealing implements JobHandler {
    /** The kind of job; its payload says under which key, if not under any that is current, and how far it has come. */
    static final String RESEAL = "reseal";

    private static final String WAITS = "waits";

    private static final Logger LOG = LoggerFactory.getLogger(Resealing.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** While a value cannot be opened its key stays in use, and the job: until somebody has mended or removed it. */
    private static final Duration DAMAGED_PAUSE = Duration.ofDays(1);

    /** Somebody has another key than the one that is meant, or seals under an older one still. */
    private static final Duration OTHER_NODES_PAUSE = Duration.ofSeconds(30);

    /** Where little is found, more is looked at in one go. */
    private static final int SEEN_AT_ONCE = 2000;

    private final List<Resealable> kinds;
    private final FieldCipher cipher;
    private final Clock clock;
    private final MeterRegistry registry;

    /** @param beside what is sealed elsewhere than in the columns of the database */
    public Resealing(FieldCipher cipher, List<Resealable> beside, Clock clock, MeterRegistry registry) {
        this.cipher = cipher;
        this.clock = clock;
        this.registry = registry;
        this.kinds = Stream.concat(
                        SealedColumns.ALL.stream().map(column -> new ResealableColumn(column, cipher)), beside.stream())
                .toList();
    }

    public Map<String, JobHandler> jobs() {
        return Map.of(RESEAL, this);
    }

    /**
     * Where a pass stands: behind which barrier it began, if any, in which kind it is, behind which value, and what it has
     * found so far.
     */
    private record Progress(
            @Nullable Long barrier, int kind, List<String> after, int seen, long resealed, long damaged) {
        static Progress of(JsonObject payload) {
            return new Progress(
                    payload.getLong("barrier"),
                    payload.getInteger("kind", 0),
                    payload.getJsonArray("after", new JsonArray()).stream()
                            .map(String.class::cast)
                            .toList(),
                    0,
                    payload.getLong("resealed", 0L),
                    payload.getLong("damaged", 0L));
        }

        Progress past(Resealable.Step step) {
            var last = step.last();
            return new Progress(
                    barrier,
                    last == null ? kind + 1 : kind,
                    last == null ? List.of() : last,
                    seen + step.seen(),
                    resealed + step.resealed(),
                    damaged + step.damaged());
        }

        JsonObject payload(byte keyId) {
            return beginning(keyId)
                    .put("barrier", barrier)
                    .put("kind", kind)
                    .put("after", new JsonArray(after))
                    .put("resealed", resealed)
                    .put("damaged", damaged);
        }
    }

    /** What a start leaves for each district. */
    static JsonObject beginning(byte keyId) {
        return new JsonObject().put("key", (int) keyId);
    }

    @Override
    public Future<Void> run(SqlConnection transaction, Job job) {
        return KeyUse.newest(transaction).compose(newest -> {
            if (newest != cipher.currentKeyId()) {
                return notBefore("other_key");
            }
            var keyId = job.payload().getInteger("key");
            if (keyId != null && keyId != cipher.currentKeyId()) {
                // Of a rotation that this one has overtaken, and that has left passes of its own.
                return KeyUse.leavePasses(transaction, cipher.currentKeyId(), clock.instant());
            }
            return job.payload().containsKey("kind") ? goOn(transaction, job) : begin(transaction, job);
        });
    }

    /** Only that, so that whoever wants to know which keys are in use waits no longer. */
    private Future<Void> begin(SqlConnection transaction, Job job) {
        var now = clock.instant();
        return KeyBarrier.raise(transaction, cipher.currentKeyId(), now).compose(barrier -> {
            if (barrier.isEmpty() && job.payload().getBoolean(WAITS, false)) {
                return notBefore("older_key_in_use");
            }
            var first = new Progress(barrier.orElse(null), 0, List.of(), 0, 0, 0);
            return leave(transaction, job.districtId(), first.payload(cipher.currentKeyId()), Duration.ZERO);
        });
    }

    private Future<Void> goOn(SqlConnection transaction, Job job) {
        return goOn(transaction, job.districtId(), Progress.of(job.payload()))
                .compose(progress -> progress.kind() < kinds.size()
                        ? leave(transaction, job.districtId(), progress.payload(cipher.currentKeyId()), PAUSE)
                        : endPass(transaction, job.districtId(), progress));
    }

    private Future<Void> notBefore(String why) {
        return Future.failedFuture(new NotBefore(clock.instant().plus(OTHER_NODES_PAUSE), why));
    }

    /** One step that changes something, or several that do not. */
    private Future<Progress> goOn(SqlConnection transaction, UUID districtId, Progress progress) {
        if (progress.kind() >= kinds.size() || progress.seen() >= SEEN_AT_ONCE) {
            return Future.succeededFuture(progress);
        }
        var kind = kinds.get(progress.kind());
        return kind.step(transaction, districtId, progress.after()).compose(step -> {
            count(kind, "resealed", step.resealed());
            count(kind, "damaged", step.damaged());
            var next = progress.past(step);
            return step.resealed() > 0 ? Future.succeededFuture(next) : goOn(transaction, districtId, next);
        });
    }

    private Future<Void> endPass(SqlConnection transaction, UUID districtId, Progress progress) {
        if (progress.damaged() > 0) {
            LOG.error("{} sealed values cannot be opened and stay under an older key", progress.damaged());
            return leave(transaction, districtId, beginning(cipher.currentKeyId()), DAMAGED_PAUSE);
        }
        // Where much was found, much may have come meanwhile; where nothing was, the next waits until nobody brings
        // more.
        var next = beginning(cipher.currentKeyId()).put(WAITS, progress.resealed() == 0);
        return KeyBarrier.passed(transaction, districtId, cipher.currentKeyId(), progress.barrier())
                .compose(isFinal -> isFinal ? Future.succeededFuture() : leave(transaction, districtId, next, PAUSE));
    }

    private Future<Void> leave(SqlConnection transaction, UUID districtId, JsonObject payload, Duration pause) {
        return Jobs.leave(
                transaction,
                districtId,
                new Jobs.NewJob(RESEAL, districtId, payload, clock.instant().plus(pause)));
    }

    /** Counted when it is done, not when it is committed: a step that is done again counts again. */
    private void count(Resealable kind, String result, int values) {
        if (values > 0) {
            registry.counter("huying.sealed.values", "kind", kind.name(), "result", result)
                    .increment(values);
        }
    }
}
