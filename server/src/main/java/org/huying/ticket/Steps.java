package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.huying.kernel.Fault;
import org.huying.kernel.Faults;
import org.huying.kernel.Refusal;
import org.huying.kernel.Versions;
import org.huying.photo.Photo;
import org.huying.photo.Photos;
import org.huying.place.Organization;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** What each action checks besides the table, and what it writes. */
final class Steps {
    private final TicketStore store;
    private final DueTimes dueTimes;
    private final Routing routing;
    private final Places places;
    private final Photos photos;

    Steps(TicketStore store, DueTimes dueTimes, Routing routing, Places places, Photos photos) {
        this.store = store;
        this.dueTimes = dueTimes;
        this.routing = routing;
        this.places = places;
        this.photos = photos;
    }

    Future<Void> take(Act act) {
        var input = act.input();
        return switch (act.action()) {
            case ACCEPT, START, URGE, CLOSE -> write(act, draft(act));
            case REQUEST_INFO ->
                stop(act, draft(act).text("message", input.text("message")).texts("fields", input.texts("fields")));
            case PROVIDE_INFO -> provideInfo(act);
            case WITHDRAW_REQUEST, RESUME -> runOn(act.client(), act.change(), act.author(), act.action());
            case REOPEN -> withPhotos(act, draft(act).text("reason", input.text("reason")));
            case CANCEL -> write(act, draft(act).text("reason", input.text("reason")));
            case EXCLUDE ->
                write(act, draft(act).with("reason", input.required("reason")).text("note", input.text("note")));
            case INCLUDE -> write(act, draft(act).text("note", input.text("note")));
            case RATE ->
                write(act, draft(act).with("rating", input.number("rating")).text("comment", input.text("comment")));
            case ASSIGN -> assign(act);
            case SUSPEND -> suspend(act);
            case TRANSFER -> transfer(act);
            case ESCALATE -> escalate(act);
            case RESOLVE -> resolve(act);
            case CONFIRM -> confirm(act);
            case FOLLOW_UP -> followUp(act);
            case MERGE -> merge(act);
            case LINK -> link(act);
            case COMMENT -> comment(act);
            case FOLLOW ->
                store.follow(
                        act.client(), act.districtId(), id(act), act.viewer().id());
            case UNFOLLOW ->
                store.unfollow(
                        act.client(), act.districtId(), id(act), act.viewer().id());
        };
    }

    private Future<Void> assign(Act act) {
        var assignee = act.input().id("assigneeId");
        return routing.workplaceOf(act.client(), act.districtId(), assignee, act.responsible())
                .compose(found -> found.map(workplace -> write(
                                act,
                                draft(act)
                                        .with("assignee", act.change().cast().refOf("worker", assignee))
                                        .with("organizationId", workplace)))
                        .orElseGet(() -> refuse("assignee_unfit", "/assigneeId")));
    }

    private Future<Void> suspend(Act act) {
        var now = act.change().at();
        return until(act)
                .compose(until -> until.isAfter(now) && !until.isAfter(now.plus(Windows.SUSPENSION))
                        ? stop(
                                act,
                                draft(act)
                                        .with("until", until)
                                        .text("reason", act.input().text("reason")))
                        : refuse("suspension_term", "/until"));
    }

    /** A date means its first moment in the district's zone. */
    private Future<Instant> until(Act act) {
        var text = act.input().required("until");
        try {
            if (text.length() > "2026-01-01".length()) {
                return Future.succeededFuture(OffsetDateTime.parse(text).toInstant());
            }
            var date = LocalDate.parse(text);
            return places.zone(act.client(), act.districtId())
                    .map(zone -> date.atStartOfDay(zone).toInstant());
        } catch (DateTimeException e) {
            return Future.failedFuture(Refusal.malformed(List.of(new Fault("/until", "format"))));
        }
    }

    private Future<Void> transfer(Act act) {
        var target = act.input().id("organizationId");
        if (target.equals(act.ticket().responsibleOrgId)) {
            return refuse("organization_unfit", "/organizationId");
        }
        return routing.possibleTarget(act.client(), act.districtId(), target)
                .compose(found -> found.map(organization -> handOn(
                                act.client(),
                                act.change(),
                                act.author(),
                                EventType.TRANSFERRED,
                                organization.id(),
                                act.input().text("reason")))
                        .orElseGet(() -> refuse("organization_unfit", "/organizationId")));
    }

    private Future<Void> escalate(Act act) {
        return escalate(
                act.client(),
                act.change(),
                act.author(),
                act.responsible(),
                act.input().text("reason"));
    }

    /** To the office one level up; the caller has made sure that there is one. */
    Future<Void> escalate(
            SqlClient client, Change change, Author author, Organization responsible, @Nullable String reason) {
        return routing.oneLevelUp(client, change.districtId(), change.state(), responsible)
                .compose(office -> handOn(client, change, author, EventType.ESCALATED, office.id(), reason));
    }

    private Future<Void> handOn(
            SqlClient client,
            Change change,
            Author author,
            EventType type,
            UUID organizationId,
            @Nullable String reason) {
        var draft = Draft.of(type)
                .with("organizationId", organizationId)
                .with("fromOrganizationId", change.state().responsibleOrgId)
                .text("reason", reason);
        return dueTimes.restartResponse(client, change, draft)
                .compose(restarted -> dueTimes.start(client, change, restarted))
                .compose(started -> write(change, author, started));
    }

    private Future<Void> resolve(Act act) {
        var ids = photoIds(act);
        return dueTimes.item(act.client(), act.change())
                .compose(item -> photos.hold(
                                act.client(), act.districtId(), act.viewer().id(), ids)
                        .compose(held -> {
                            var faults = new ArrayList<>(held.faults());
                            if (item.evidenceRequired() && ids.isEmpty()) {
                                faults.add(new Fault("/photoIds", "evidence_required"));
                            }
                            Faults.refuse(faults);
                            var draft = draft(act)
                                    .with("outcome", act.input().required("outcome"))
                                    .text("note", act.input().text("note"));
                            return writeWith(act, draft, held.photos(), Photos.Side.STAFF);
                        }));
    }

    /** A rating given with it is an event of its own, as if given right after. */
    private Future<Void> confirm(Act act) {
        var rating = act.input().number("rating");
        var done = write(
                act,
                draft(act).with("rating", rating).text("comment", act.input().text("comment")));
        return rating == null ? done : write(act, Draft.of(EventType.RATED).with("rating", rating));
    }

    private Future<Void> followUp(Act act) {
        var solved = act.input().flag("solved");
        var done = write(
                act, draft(act).with("solved", solved).text("note", act.input().text("note")));
        var resolvedAt = Objects.requireNonNull(act.ticket().latestResolvedAt);
        return !solved && TicketState.notAfter(act.change().at(), resolvedAt.plus(Windows.AFTER_RESOLVE))
                ? write(act, Draft.of(EventType.REOPENED).with("followUp", true))
                : done;
    }

    /** Into an open ticket of the same item and household or spot. */
    private Future<Void> merge(Act act) {
        var into = other(act, "intoTicketId", "intoTicketVersion");
        var here = act.ticket().origin;
        var there = into.origin;
        var fits = into.status.isOpen()
                && !there.id().equals(here.id())
                && there.itemCode().equals(here.itemCode())
                && Objects.equals(there.householdId(), here.householdId())
                && there.placeId().equals(here.placeId());
        return fits
                ? write(act, draft(act).with("intoTicketId", there.id()))
                        .compose(done -> store.moveParties(act.client(), act.districtId(), here.id(), there.id()))
                : refuse("merge_unfit", "/intoTicketId");
    }

    /** A re-report comes after what it is about was resolved. It stands in the log once, whoever found it. */
    private Future<Void> link(Act act) {
        var again = other(act, "ticketId", "ticketVersion").origin;
        var fits = again.submittedAt().isAfter(Objects.requireNonNull(act.ticket().firstResolvedAt));
        if (!fits) {
            return refuse("link_unfit", "/ticketId");
        }
        return store.isReReport(act.client(), act.districtId(), id(act), again.id())
                .compose(known ->
                        known ? Future.succeededFuture() : write(act, draft(act).with("ticketId", again.id())));
    }

    private Future<Void> comment(Act act) {
        var internal = act.input().flag("internal");
        if (internal && act.author().kind().equals(Author.RESIDENT)) {
            return Future.failedFuture(Refusal.forbidden());
        }
        return write(
                act,
                draft(act).with("internal", internal).text("text", act.input().text("text")));
    }

    private static TicketState other(Act act, String field, String seenVersion) {
        var other = act.found().get(act.input().id(field));
        if (other == null
                || !Standing.of(act.viewer(), other, act.organizations()).visible()) {
            throw Faults.of("/" + field, "ticket_unknown");
        }
        Versions.require(act.input().number(seenVersion), other.state().lastSeq, "other_ticket_changed");
        return other.state();
    }

    private Future<Void> provideInfo(Act act) {
        var draft = draft(act).text("message", act.input().text("message"));
        return dueTimes.start(act.client(), act.change(), draft).compose(started -> withPhotos(act, started));
    }

    /** Stands still from here on. */
    private Future<Void> stop(Act act, Draft draft) {
        return dueTimes.stop(act.client(), act.change(), draft).compose(stopped -> write(act, stopped));
    }

    /** Back to where it was before it stood still. */
    Future<Void> runOn(SqlClient client, Change change, Author author, Action action) {
        return dueTimes.start(client, change, Draft.of(Objects.requireNonNull(action.event())))
                .compose(draft -> write(change, author, draft));
    }

    /** On the reporter's side. */
    private Future<Void> withPhotos(Act act, Draft draft) {
        return photos.holdMore(act.client(), act.districtId(), act.viewer().id(), id(act), photoIds(act))
                .compose(held -> {
                    Faults.refuse(held.faults());
                    return writeWith(act, draft, held.photos(), Photos.Side.REPORTER);
                });
    }

    private Future<Void> writeWith(Act act, Draft draft, List<Photo> held, Photos.Side side) {
        act.change().write(act.author(), draft.photos(held));
        var claimant = new Photos.Claimant(id(act), act.ticket().lastSeq, side);
        return photos.claim(act.client(), act.districtId(), claimant, held);
    }

    private static List<UUID> photoIds(Act act) {
        return act.input().texts("photoIds").stream().map(UUID::fromString).toList();
    }

    private static Draft draft(Act act) {
        return Draft.of(Objects.requireNonNull(act.action().event()));
    }

    private static Future<Void> write(Act act, Draft draft) {
        return write(act.change(), act.author(), draft);
    }

    private static Future<Void> write(Change change, Author author, Draft draft) {
        change.write(author, draft);
        return Future.succeededFuture();
    }

    private static Future<Void> refuse(String code, String pointer) {
        return Future.failedFuture(Faults.of(pointer, code));
    }

    private static UUID id(Act act) {
        return act.ticket().origin.id();
    }
}
