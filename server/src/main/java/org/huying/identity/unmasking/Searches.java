package org.huying.identity.unmasking;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.kernel.Caller;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.kernel.spelling.NormalForm;
import org.jspecify.annotations.Nullable;

/**
 * Puts on record who looks whom up by a name or a number, and bounds how often that may find nobody: a masked number has
 * ten thousand completions, and trying them is known by its failures.
 */
public final class Searches {
    /** For typing errors and people who are not registered there is room; for trying out numbers it is months. */
    public static final int FRUITLESS_A_DAY = 100;

    public static final Duration DAY = Duration.ofDays(1);

    /**
     * Somebody who was found.
     *
     * @param homeId the place of their home, if they have one
     */
    public record Found(UUID id, @Nullable UUID homeId) {}

    /**
     * @param asked   null where it is not kept
     * @param placeId where whoever asks works
     */
    record Search(
            Role role,
            @Nullable String asked,
            String field,
            @Nullable UUID placeId,
            List<Found> found) {}

    private final UnmaskingStore store;
    private final Clock clock;

    public Searches(FieldCipher cipher, Clock clock) {
        this.store = new UnmaskingStore(cipher);
        this.clock = clock;
    }

    /** Refuses whoever has found nobody too often. */
    public Future<Void> admit(SqlConnection transaction, Caller caller) {
        var now = clock.instant();
        return store.fruitless(transaction, caller, now.minus(DAY)).map(fruitless -> {
            if (fruitless.count() >= FRUITLESS_A_DAY) {
                var free = Objects.requireNonNull(fruitless.firstAt()).plus(DAY);
                throw Refusal.tooMany("rate_limited", Duration.between(now, free));
            }
            return null;
        });
    }

    /** An administrator held a list against residents, and it told that these are here. */
    public Future<Void> listed(SqlConnection transaction, UUID districtId, UUID actorId, List<UUID> subjectIds) {
        return store.addListed(transaction, districtId, actorId, subjectIds, clock.instant());
    }

    /** The entry is as lasting as the answer: one transaction has both. */
    public Future<Void> record(SqlConnection transaction, Caller caller, String asked, List<Found> found) {
        return record(transaction, caller, asked, true, found);
    }

    /**
     * The same of somebody who is to be registered. Where nobody is found, the words are from then on those of somebody who
     * is here, and may have them erased: they are not kept.
     */
    public Future<Void> recordNewcomer(SqlConnection transaction, Caller caller, String asked, List<Found> found) {
        return record(transaction, caller, asked, !found.isEmpty(), found);
    }

    private Future<Void> record(
            SqlConnection transaction, Caller caller, String asked, boolean isKept, List<Found> found) {
        var grid = caller.scopesOf(Role.GRID_MEMBER).stream().findFirst().orElse(null);
        var role = caller.is(Role.CANTEEN_OPERATOR) ? Role.CANTEEN_OPERATOR : Role.GRID_MEMBER;
        var field = NormalForm.phone(asked).isPresent() ? "phone" : "name";
        return store.addSearch(
                transaction, caller, new Search(role, isKept ? asked : null, field, grid, found), clock.instant());
    }
}
