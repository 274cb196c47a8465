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
        BOOKING_EXPIRED(Template.BOOKING),
        /** Somebody reported in the recipient's name. */
        TICKET_SUBMITTED(Template.TICKET),
        TICKET_ACCEPTED(Template.TICKET),
        /** To the recipient. */
        TICKET_ASSIGNED(Template.TICKET),
        TICKET_INFO_REQUESTED(Template.TICKET),
        TICKET_INFO_PROVIDED(Template.TICKET),
        TICKET_SUSPENDED(Template.TICKET),
        TICKET_TRANSFERRED(Template.TICKET),
        TICKET_ESCALATED(Template.TICKET),
        TICKET_OVERDUE(Template.TICKET),
        TICKET_RESOLVED(Template.TICKET),
        TICKET_CLOSED(Template.TICKET),
        TICKET_REOPENED(Template.TICKET),
        TICKET_CANCELLED(Template.TICKET),
        TICKET_MERGED(Template.TICKET),
        TICKET_COMMENTED(Template.TICKET),
        TICKET_URGED(Template.TICKET),
        /** Two entries of the recipient, or of somebody of their home or whom they act for, became one. */
        RESIDENT_MERGED(Template.ACCOUNT),
        /** Somebody says that they are one on record, whom the recipient lives with, acts for or looks after. */
        RESIDENT_CLAIMED(Template.ACCOUNT),
        /** Of the recipient, by whoever looks after the one on record; or somebody else was found to be that one. */
        CLAIM_DECLINED(Template.ACCOUNT),
        /** Nobody has answered what the recipient claimed. */
        CLAIM_EXPIRED(Template.ACCOUNT),
        /** Somebody asks to join the recipient's household. */
        HOUSEHOLD_REQUESTED(Template.ACCOUNT),
        /** Somebody entered the recipient into a household, and it waits for them to agree. */
        HOUSEHOLD_OFFERED(Template.ACCOUNT),
        /** Somebody has joined the recipient's household. */
        HOUSEHOLD_JOINED(Template.ACCOUNT),
        /** The recipient has. */
        HOUSEHOLD_APPROVED(Template.ACCOUNT),
        HOUSEHOLD_REFUSED(Template.ACCOUNT),
        HOUSEHOLD_REMOVED(Template.ACCOUNT),
        /** Somebody offered one in the recipient's name. */
        MANDATE_OFFERED(Template.ACCOUNT),
        /** Somebody may now act for the recipient. */
        MANDATE_ACCEPTED(Template.ACCOUNT),
        /** The recipient may now act for somebody. */
        MANDATE_HELD(Template.ACCOUNT),
        MANDATE_ENDED(Template.ACCOUNT);

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

        public static Kind of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }
}
