package org.huying.db.seal;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Every column of words, documents or bytes that is kept in clear, and why it tells nothing of anybody. */
final class ClearColumns {
    private static final Map<String, String> COLUMNS_BY_REASON = Map.ofEntries(
            Map.entry("a word of the service's own, out of a short list", """
                    account_audit.action booking.period booking.status booking.mode booking.cancelled_side canteen_period.period
                    clock_incident.kind
                    completion_day.segment completion_day.measure completion_day.cause completion_delta.segment
                    completion_delta.measure completion_delta.cause completion_month.segment
                    completion_month.measure completion_month.cause household_member.role household_member.status
                    job.kind mandate.status meal.period meal.status notification.kind notification_consent.template
                    notification_consent.result organization.kind photo.side place.level place.kind resident_claim.status role_grant.role
                    staff_login.activation_roles
                    role_grant.scope_kind roster_import.kind roster_import.status roster_import.phase
                    roster_import.failure roster_import_row.outcome roster_import_row.decision service_item.kind service_item.calendar session.kind
                    ticket.service_item_kind ticket.channel ticket.status ticket.status_before ticket.first_outcome
                    ticket.latest_outcome ticket.exclusion_reason ticket_event.type ticket_event.actor_kind
                    ticket_exclusion.reason idempotency.operation unmasking.role unmasking.kind
                    """),
            Map.entry("names of fields, never what stood in them", """
                    resident_change.fields unmasking.fields
                    """),
            Map.entry("ids", """
                    completion_day.place_path completion_delta.place_path completion_month.place_path place.path
                    ticket.place_path unmasking.place_path
                    """),
            Map.entry("a number or a pseudonym that the service has made up, told apart only by its own tables", """
                    booking.code ticket.ticket_no ticket.reporter_ref ticket.assignee_ref ticket_actor.ref
                    ticket_event.actor_ref ticket_event.on_behalf_of_ref ticket_exclusion.by_ref
                    """),
            Map.entry("public: what an office says about places, canteens, services and days", """
                    calendar_day.name canteen.name canteen.address dish.name dish.tags dish.allergens district.name
                    district.zone organization.name place.name service_area.service_item_code service_item.code
                    service_item.name service_item.required_info ticket.service_item_code working_week.weekdays
                    working_week.hours
                    """),
            Map.entry("figures that are published, and why they were published again", """
                    completion_report.reason completion_report.figures
                    """),
            Map.entry("a hash over what is in clear, or over words with a salt that is sealed", """
                    completion_report.digest log_digest.previous_digest log_digest.digest log_digest_head.hash
                    log_digest_head.actors ticket_actor.commitment roster_import.digest roster_import.confirmed_digest
                    ticket.last_hash ticket_event.previous_hash ticket_event.hash
                    """),
            Map.entry("random, for a hash over ids that stand beside it in clear", """
                    ticket_actor.salt
                    """),
            Map.entry("the digest of a picture re-encoded here, which its log must name", """
                    photo.sha256
                    """),
            Map.entry("words stand in it as salted hashes; the rest is ids, codes and instants", """
                    ticket_event.data
                    """),
            Map.entry("ids, dates and public names", """
                    job.payload notification.facts
                    """),
            Map.entry("a class or a code, never a message", """
                    job.failure
                    """),
            Map.entry("codes, columns and the numbers of other rows", """
                    roster_import_row.errors
                    """),
            Map.entry("ids, and hashes over rows whose words are sealed", """
                    roster_import_row.candidates roster_import_row.trace
                    """),
            Map.entry("made up by the client for this one request", """
                    idempotency.key
                    """),
            Map.entry("an account's name, given by the office; logins are looked up by it", """
                    staff_login.username
                    """),
            Map.entry("slow, salted hash of a password", """
                    staff_login.password_hash
                    """),
            Map.entry("a fixed text, sealed under the key or hashed with it", """
                    data_key_use.proof data_key_retired.proof
                    """));

    static final Map<String, String> WHY = COLUMNS_BY_REASON.entrySet().stream()
            .flatMap(reason ->
                    Arrays.stream(reason.getValue().split("\\s+")).map(column -> Map.entry(column, reason.getKey())))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    private ClearColumns() {}
}
