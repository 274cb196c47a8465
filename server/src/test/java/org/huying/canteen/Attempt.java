package org.huying.canteen;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A diner asks one node for one place at a meal.
 *
 * @param key the idempotency key, {@code null} for none
 */
record Attempt(URI node, Diner diner, UUID meal, @Nullable String key) {
    /** A resident who is signed in. */
    record Diner(UUID id, String token) {
        @Override
        public String toString() {
            return id.toString();
        }
    }

    /** What the node said. */
    record Answer(
            int status,
            Buffer body,
            boolean replayed,
            @Nullable String retryAfter) {
        boolean isBooked() {
            return status == 201;
        }

        boolean isRefused(String code) {
            return status >= 400 && code.equals(body.toJsonObject().getString("code"));
        }
    }

    /** {@code answer} is {@code null} when the connection broke before there was one. */
    record Tried(Attempt attempt, @Nullable Answer answer) {
        boolean isBooked() {
            return answer != null && answer.isBooked();
        }

        boolean isRefused(String code) {
            return answer != null && answer.isRefused(code);
        }

        /** Told to try again later. */
        boolean isUnavailable() {
            return answer != null && answer.status() == 503 && answer.retryAfter() != null;
        }

        /** Of the booking that was made, or that stands in the way. */
        UUID bookingId() {
            return UUID.fromString(body().getString(isBooked() ? "id" : "bookingId"));
        }

        JsonObject body() {
            return Objects.requireNonNull(answer).body().toJsonObject();
        }

        LedgerStore.Seat seat() {
            return new LedgerStore.Seat(attempt.meal(), attempt.diner().id());
        }
    }

    Attempt at(URI other) {
        return new Attempt(other, diner, meal, key);
    }

    Buffer body() {
        return new JsonObject()
                .put("mealId", meal.toString())
                .put("mode", "dine_in")
                .toBuffer();
    }
}
