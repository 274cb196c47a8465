package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.huying.identity.People;
import org.huying.kernel.Caller;
import org.huying.kernel.Fault;
import org.huying.kernel.Faults;
import org.huying.kernel.Refusal;
import org.huying.kernel.Role;
import org.huying.photo.Photo;
import org.huying.photo.Photos;
import org.huying.place.Place;
import org.huying.place.Places;
import org.huying.ticket.catalogue.Catalogue;
import org.huying.ticket.catalogue.ServiceItem;
import org.huying.ticket.catalogue.Targets;
import org.jspecify.annotations.Nullable;

/** Whether a report may be taken: who files it, in whose name, about what, and whether all is there that must be. */
final class Intake {
    private static final String CARE_VISIT = "care-visit";
    private static final String CARE_VISIT_WORDS = "连续两餐已订未到，请上门看望";
    private static final String SYSTEM_CHANNEL = "system";
    private static final String RESIDENTS_CHANNEL = "mini_program";

    private final Places places;
    private final People people;
    private final Catalogue catalogue;
    private final Photos photos;

    Intake(Places places, People people, Catalogue catalogue, Photos photos) {
        this.places = places;
        this.people = people;
        this.catalogue = catalogue;
        this.photos = photos;
    }

    /** A report that may be taken. */
    record Accepted(
            Submission submission, Targets targets, Place place, Author author, String channel, List<Photo> photos) {
        ServiceItem item() {
            return targets.item();
        }

        /** In whose name it is reported counts, not who does it for them. */
        TicketStore.Kin kin() {
            var reporter = author.onBehalfOf() != null ? author.onBehalfOf() : author.personId();
            return new TicketStore.Kin(
                    item().code(), submission.householdId(), place.id(), Objects.requireNonNull(reporter));
        }
    }

    /** Staff who report for themselves and anonymously stand in the log as any resident does. */
    Future<Accepted> check(SqlClient client, Caller caller, Submission submission) {
        requireOneSubject(submission.householdId(), submission.placeId());
        var inNameOf = inNameOf(caller, submission);
        var hidden = submission.anonymous() && inNameOf == null;
        var author = new Author(hidden ? Author.RESIDENT : kind(caller), caller.personId(), null, inNameOf);
        var asked = channel(caller, submission.channel());
        var channel = hidden ? RESIDENTS_CHANNEL : asked;
        var reporter = inNameOf == null ? caller.personId() : inNameOf;
        return people.hold(client, caller.districtId(), reporter)
                .compose(held -> place(client, caller, submission))
                .compose(place -> authorize(client, caller, submission, place).map(place))
                .compose(place -> catalogue
                        .present(client, caller.districtId(), submission.serviceItemCode())
                        .compose(item -> photos.hold(
                                        client, caller.districtId(), caller.personId(), photoIds(submission))
                                .compose(held -> {
                                    var faults = faults(caller, submission, item.orElse(null), asked);
                                    faults.addAll(held.faults());
                                    Faults.refuse(faults);
                                    return catalogue
                                            .targets(client, caller.districtId(), item.orElseThrow())
                                            .map(targets -> new Accepted(
                                                    submission, targets, place, author, channel, held.photos()));
                                })));
    }

    /** A report is about a household or about a public place. */
    static void requireOneSubject(@Nullable UUID householdId, @Nullable UUID placeId) {
        if ((householdId == null) == (placeId == null)) {
            throw Faults.of(placeId == null ? "/householdId" : "/placeId", "household_or_place");
        }
    }

    /** In the name of the diner, about their home; about the canteen's place where no home is known. */
    Future<Accepted> careVisit(SqlClient client, UUID districtId, UUID dinerId, UUID canteenPlaceId) {
        return people.hold(client, districtId, dinerId)
                .compose(held -> places.membershipsOf(client, districtId, dinerId))
                .compose(memberships -> {
                    var home = memberships.stream()
                            .filter(each -> each.status().equals("approved"))
                            .findFirst();
                    var submission = new Submission(
                            CARE_VISIT,
                            home.map(Places.Membership::householdId).orElse(null),
                            home.isPresent() ? null : canteenPlaceId,
                            null,
                            CARE_VISIT_WORDS,
                            List.of(),
                            Map.of(),
                            null,
                            false,
                            dinerId,
                            SYSTEM_CHANNEL);
                    var place = places.hold(
                            client,
                            districtId,
                            home.map(Places.Membership::compoundId).orElse(canteenPlaceId));
                    var targets = catalogue
                            .present(client, districtId, CARE_VISIT)
                            .map(item -> item.orElseThrow(() -> new IllegalStateException("no item " + CARE_VISIT)))
                            .compose(item -> catalogue.targets(client, districtId, item));
                    return Future.all(place, targets)
                            .map(both -> new Accepted(
                                    submission,
                                    targets.result(),
                                    place.result(),
                                    Author.systemFor(dinerId),
                                    SYSTEM_CHANNEL,
                                    List.of()));
                });
    }

    private Future<Place> place(SqlClient client, Caller caller, Submission submission) {
        if (submission.placeId() != null) {
            return places.hold(client, caller.districtId(), submission.placeId());
        }
        var household = submission.householdId();
        if (household == null) {
            return Future.failedFuture(Refusal.notFound());
        }
        return places.household(client, caller.districtId(), household)
                .map(found -> found.orElseThrow(Refusal::notFound))
                .compose(found -> places.hold(client, caller.districtId(), found.compoundId()));
    }

    /** Residents for themselves or under a mandate; grid members and hotline agents for the people of their place. */
    private Future<Void> authorize(SqlClient client, Caller caller, Submission submission, Place place) {
        if (caller.isResident()) {
            return authorizeResident(client, caller, submission);
        }
        var household = submission.householdId();
        if (!caller.covers(Role.GRID_MEMBER, place.path()) && !caller.covers(Role.HOTLINE_AGENT, place.path())) {
            return Future.failedFuture(household == null ? Refusal.forbidden() : Refusal.notFound());
        }
        var resident = submission.onBehalfOf();
        if (resident == null) {
            return household == null ? Future.succeededFuture() : refuse("on_behalf_of_required", "/onBehalfOfId");
        }
        var known = household == null
                ? people.resident(client, caller.districtId(), resident).map(found -> found.isPresent())
                : places.approvedMembers(client, caller.districtId(), household)
                        .map(members -> members.contains(resident));
        return known.compose(yes -> yes ? Future.succeededFuture() : refuse("on_behalf_of_unfit", "/onBehalfOfId"));
    }

    private Future<Void> authorizeResident(SqlClient client, Caller caller, Submission submission) {
        var resident = submission.onBehalfOf() == null ? caller.personId() : submission.onBehalfOf();
        var mandated = resident.equals(caller.personId())
                ? Future.succeededFuture(true)
                : people.mandatorsOf(client, caller.districtId(), caller.personId(), People.MandateScope.TICKET)
                        .map(mandators -> mandators.contains(resident));
        var member = submission.householdId() == null
                ? Future.succeededFuture(true)
                : places.approvedHouseholdsOf(client, caller.districtId(), resident)
                        .map(households -> households.contains(submission.householdId()));
        return Future.all(mandated, member)
                .compose(done -> !mandated.result()
                        ? Future.failedFuture(Refusal.forbidden("no_mandate"))
                        : member.result() ? Future.succeededFuture() : Future.failedFuture(Refusal.notFound()));
    }

    private static List<Fault> faults(
            Caller caller, Submission submission, @Nullable ServiceItem item, String channel) {
        var faults = new ArrayList<Fault>();
        if (item == null) {
            faults.add(new Fault("/serviceItemCode", "service_item_unknown"));
        } else if (caller.isResident() && !item.reportable()) {
            faults.add(new Fault("/serviceItemCode", "item_not_reportable"));
        } else {
            faults.addAll(RequiredInfoCheck.faults(item, submission));
        }
        if (!isOpenTo(caller, channel)) {
            faults.add(new Fault("/channel", "channel_not_allowed"));
        }
        return faults;
    }

    private static List<UUID> photoIds(Submission submission) {
        return submission.photoIds().stream().map(UUID::fromString).toList();
    }

    private static boolean isOpenTo(Caller caller, String channel) {
        return caller.isResident() == channel.equals(RESIDENTS_CHANNEL);
    }

    private static String channel(Caller caller, @Nullable String wanted) {
        if (wanted != null) {
            return wanted;
        } else if (caller.isResident()) {
            return RESIDENTS_CHANNEL;
        }
        return caller.is(Role.GRID_MEMBER) ? "grid" : "hotline";
    }

    private static String kind(Caller caller) {
        if (caller.isResident()) {
            return Author.RESIDENT;
        }
        return (caller.is(Role.GRID_MEMBER) ? Role.GRID_MEMBER : Role.HOTLINE_AGENT).code();
    }

    /** Naming oneself is acting in one's own name. */
    private static @Nullable UUID inNameOf(Caller caller, Submission submission) {
        return caller.personId().equals(submission.onBehalfOf()) ? null : submission.onBehalfOf();
    }

    private static <T> Future<T> refuse(String code, String pointer) {
        return Future.failedFuture(Faults.of(pointer, code));
    }
}
