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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a district's sealed values under the current key, a step a second, kind after kind. A pass that found any is
 * followed by another; one that found none ends it. Only nodes whose current key is the one that is meant do it.
 */
public final class Resealing implements JobHandler {
    /** The kind of job; its payload says under which key, if not under any that is current, and how far it has come. */
    static final String RESEAL = "reseal";

    private static final Logger LOG = LoggerFactory.getLogger(Resealing.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** While a value cannot be opened its key stays in use, and the job: until somebody has mended or removed it. */
    private static final Duration DAMAGED_PAUSE = Duration.ofDays(1);

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

    /** Where a pass stands: in which kind, behind which value, and what it has found so far. */
    private record Progress(int kind, List<String> after, int seen, long resealed, long damaged) {
        static Progress of(JsonObject payload) {
            return new Progress(
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
                    last == null ? kind + 1 : kind,
                    last == null ? List.of() : last,
                    seen + step.seen(),
                    resealed + step.resealed(),
                    damaged + step.damaged());
        }

        JsonObject payload(byte keyId) {
            return new JsonObject()
                    .put("key", (int) keyId)
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
        var keyId = job.payload().getInteger("key");
        if (keyId != null && keyId != cipher.currentKeyId()) {
            return Future.failedFuture(new NotBefore(clock.instant().plus(OTHER_NODES_PAUSE), "other_key"));
        }
        return goOn(transaction, job.districtId(), Progress.of(job.payload()))
                .compose(progress -> progress.kind() < kinds.size()
                        ? leave(transaction, job.districtId(), progress.payload(cipher.currentKeyId()), PAUSE)
                        : endPass(transaction, job, progress));
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

    private Future<Void> endPass(SqlConnection transaction, Job job, Progress progress) {
        if (progress.resealed() > 0) {
            return leave(transaction, job.districtId(), beginning(cipher.currentKeyId()), PAUSE);
        }
        if (progress.damaged() > 0) {
            LOG.error("{} sealed values cannot be opened and stay under an older key", progress.damaged());
            return leave(transaction, job.districtId(), beginning(cipher.currentKeyId()), DAMAGED_PAUSE);
        }
        return KeyUse.ended(transaction, job.id(), cipher.currentKeyId());
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
