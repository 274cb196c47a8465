package org.huying.fuzz;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is sent and rightly not told again under its name, and why. */
final class Untold {
    private static final Map<String, String> WHY = Map.ofEntries(
            Map.entry("currentPassword", "a secret"),
            Map.entry("newPassword", "a secret"),
            Map.entry("acceptMandate inviteCode", "a secret, and used up"),
            Map.entry("bindPhone code", "WeChat's word for a number; the number is told"),
            Map.entry("confirm", "says that somebody means it"),
            Map.entry("newPerson", "says that somebody means it"),
            Map.entry("publish", "told as the status"),
            Map.entry("joinWaitlist", "a wish; told as the status, where it came to that"),
            Map.entry("toMonday", "told as the dates of the meals"),
            Map.entry("cancelMeal reason", "goes to those who had booked"),
            Map.entry("cancelBooking reason", "goes to the other side"),
            Map.entry("unmaskReporter reason", "for those who watch over unmaskings"),
            Map.entry("unmaskResident reason", "for those who watch over unmaskings"),
            Map.entry("eraseResident reason", "for those who watch over erasures"),
            Map.entry("registerResident consentNote", "kept as evidence"),
            Map.entry("createPlace officeName", "the name of another thing, the office"),
            Map.entry("unlike", "says that somebody means it"),
            Map.entry("claimResident version", "what was seen of the one on record"),
            Map.entry("mergeResident reason", "for those who watch over merges"),
            Map.entry("mergeResident intoResidentId", "told as the one that it is now"),
            Map.entry("mergeResident version", "what was seen of the one that is no more"),
            Map.entry("intoResidentVersion", "what was seen of the one that stays, which goes on"),
            Map.entry("intoTicketVersion", "what was seen of the other ticket, which goes on"),
            Map.entry("ticketVersion", "what was seen of the other ticket, which goes on"),
            Map.entry("confirmMealBookings digest", "what was seen of the bookings, which go on"),
            Map.entry("changeServiceItem version", "the one that was changed; told is the new one"),
            Map.entry("ticketSuspend until", "a day; told is the instant at which it begins"),
            Map.entry("ticketRequestInfo fields", "hashed in the log, with the words beside it"),
            Map.entry("consents", "told is how many are left"),
            Map.entry("findSimilarTickets serviceItemCode", "a search: nothing is kept"),
            Map.entry("findSimilarTickets householdId", "a search: nothing is kept"),
            Map.entry("findSimilarTickets placeId", "a search: nothing is kept"),
            Map.entry("findSimilarTickets text", "a search: nothing is kept"),
            Map.entry("searchHouseholds compoundId", "a search: nothing is kept"),
            Map.entry("searchHouseholds address", "a search: nothing is kept"),
            Map.entry("searchResidents query", "a search: nothing is kept"),
            Map.entry("searchStaff name", "a search: nothing is kept"));

    /** By the read, or the write, that answers: the same name means another thing, or is masked. */
    private static final Map<String, String> OTHERWISE = Map.ofEntries(
            Map.entry("refreshLogin refreshToken", "used up; told is the next one"),
            Map.entry("offerMandate scope", "a set, told in its own order"),
            Map.entry("changeServiceItem version", "the one that it became"),
            Map.entry("getServiceItem version", "the one that it became"),
            Map.entry("listTicketEvents location", "its digest"),
            Map.entry("listTicketEvents until", "the instant at which the day begins"),
            Map.entry("getCanteen period", "those of the canteen, not of the meal"),
            Map.entry("getResident name", "masked"),
            Map.entry("getResident phone", "masked"),
            Map.entry("changeResident name", "masked"),
            Map.entry("changeResident phone", "masked"),
            Map.entry("registerResident phone", "masked"),
            Map.entry("getTicketCompletion ticketId", "the ticket itself, not the other"),
            Map.entry("getCanteen cutoffAt", "those of the canteen, not of the meal"),
            Map.entry("getCanteen servingEndsAt", "those of the canteen, not of the meal"),
            Map.entry("listTicketEvents fields", "their hashes"));

    private Untold() {}

    static boolean isOtherwise(String read, String field) {
        return OTHERWISE.containsKey(read + " " + field);
    }

    static @Nullable String why(String operation, String field) {
        var why = WHY.get(operation + " " + field);
        return why == null ? WHY.get(field) : why;
    }
}
