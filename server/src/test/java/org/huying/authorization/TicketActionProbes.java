package org.huying.authorization;

import java.util.function.Function;

/** What is done with tickets: each on a ticket of its own, in one state that allows it. */
final class TicketActionProbes {
    private static final String[] NOTHING = {};
    private static final String[] ACCEPTED = {"accept"};
    private static final String[] ASSIGNED = {"accept", "assign"};
    private static final String[] IN_PROGRESS = {"accept", "assign", "start"};
    private static final String[] WAITING = {"accept", "assign", "start", "request-info"};
    private static final String[] SUSPENDED = {"accept", "assign", "start", "suspend"};
    private static final String[] RESOLVED = {"accept", "assign", "start", "resolve"};
    private static final String[] EXCLUDED = {"accept", "assign", "start", "resolve", "exclude"};

    private final Probes probes;

    private TicketActionProbes(Probes probes) {
        this.probes = probes;
    }

    static void addTo(Probes probes) {
        var actions = new TicketActionProbes(probes);
        actions.ofHousehold("ticketAccept", "accept", NOTHING);
        actions.ofHousehold("ticketAssign", "assign", ACCEPTED);
        actions.ofHousehold("ticketStart", "start", ASSIGNED);
        actions.ofHousehold("ticketRequestInfo", "request-info", IN_PROGRESS);
        actions.ofHousehold("ticketProvideInfo", "provide-info", WAITING);
        actions.ofHousehold("ticketWithdrawRequest", "withdraw-request", WAITING);
        actions.ofHousehold("ticketSuspend", "suspend", IN_PROGRESS);
        actions.ofHousehold("ticketResume", "resume", SUSPENDED);
        actions.ofHousehold("ticketTransfer", "transfer", IN_PROGRESS);
        actions.ofHousehold("ticketEscalate", "escalate", IN_PROGRESS);
        actions.ofHousehold("ticketResolve", "resolve", IN_PROGRESS);
        actions.ofHousehold("ticketConfirm", "confirm", RESOLVED);
        actions.ofHousehold("ticketReopen", "reopen", RESOLVED);
        actions.ofHousehold("ticketFollowUp", "follow-up", RESOLVED);
        actions.ofHousehold("ticketCancel", "cancel", IN_PROGRESS);
        actions.ofHousehold("ticketMerge", "merge", ACCEPTED);
        for (var variant : new String[] {"", " (supervisor of the town)"}) {
            actions.ofHousehold("ticketLink" + variant, "link", RESOLVED);
            actions.ofHousehold("ticketExclude" + variant, "exclude", RESOLVED);
            actions.ofHousehold("ticketInclude" + variant, "include", EXCLUDED);
        }
        actions.ofHousehold("ticketComment", "comment", IN_PROGRESS);
        actions.ofHousehold("ticketUrge", "urge", IN_PROGRESS);
        actions.ofHousehold("ticketRate", "rate", RESOLVED);
        actions.add("ticketFollow", "follow", Tickets::ofSpot);
        actions.add("ticketUnfollow", "unfollow", Tickets::ofSpot);
    }

    private void ofHousehold(String row, String action, String[] steps) {
        add(row, action, tickets -> tickets.ofHousehold(steps));
    }

    private void add(String row, String action, Function<Tickets, String> maker) {
        probes.call(row, turn -> {
            var tickets = turn.at().tickets();
            return turn.post("/v1/tickets/" + maker.apply(tickets) + "/" + action, tickets.body(action));
        });
    }
}
