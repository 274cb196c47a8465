package org.huying.notify;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.UUID;

/**
 * Something that matters to a person.
 *
 * @param subjectId the thing it happened to
 * @param facts     ids, dates and codes that the words are made of; nothing personal
 */
public record Notice(UUID recipientId, Kind kind, UUID subjectId, JsonObject facts) {
    /** What can happen; each has its words in {@code notices.properties}, and the template of its WeChat message. */
    public enum Kind {
        /** A place was found for somebody who waited. */
        BOOKING_PROMOTED(Template.BOOKING),
        /** The canteen cancelled. */
        BOOKING_CANCELLED(Template.BOOKING),
        /** Somebody else on the diner's side cancelled. */
        BOOKING_WITHDRAWN(Template.BOOKING),
        /** No place was found until the cut-off. */
        BOOKING_EXPIRED(Template.BOOKING);

        private final Template template;

        Kind(Template template) {
            this.template = template;
        }

        public Template template() {
            return template;
        }

        /** The name in the contract and the database. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }
}
