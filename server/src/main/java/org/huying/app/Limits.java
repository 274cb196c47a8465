package org.huying.app;

import static org.huying.http.RateLimit.Per.ADDRESS;
import static org.huying.http.RateLimit.Per.PERSON;
import static org.huying.http.RateLimit.Per.RESIDENT;

import java.time.Duration;
import java.util.List;
import org.huying.http.RateLimit;

/**
 * What may be called how often: the one table, told again in operations.md. Whatever is not in it is bounded by capacity
 * alone. Carriers put many people behind one address, so limits by address are wide.
 */
final class Limits {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    static final List<RateLimit> TABLE = List.of(
            RateLimit.of("login", ADDRESS, 1_000, MINUTE, "loginWithWechat"),
            // Beside it each name is locked after failures.
            RateLimit.of("staff-login", ADDRESS, 1_000, MINUTE, "loginAsStaff", "activateStaff"),
            RateLimit.of("refresh", ADDRESS, 1_000, MINUTE, "refreshLogin"),
            RateLimit.of("scoreboard", ADDRESS, 600, MINUTE, "getPublicScoreboard"),
            RateLimit.of("report", RESIDENT, 30, HOUR, "submitTicket"),
            // Beside it each ticket is urged once in four hours.
            RateLimit.of("urge", PERSON, 30, HOUR, "ticketUrge"),
            // Beside it one person writes so much to one ticket in a day, and in all.
            RateLimit.of("comment", PERSON, 60, HOUR, "ticketComment"),
            RateLimit.of("follow", PERSON, 60, HOUR, "ticketFollow", "ticketUnfollow"),
            RateLimit.of("similar", PERSON, 60, MINUTE, "findSimilarTickets"),
            RateLimit.of("photo", PERSON, 60, HOUR, "uploadPhoto"),
            // An invitation code is not to be guessed.
            RateLimit.of("invite", PERSON, 20, HOUR, "acceptMandate"),
            // Nobody tries out whom a number may stand for.
            RateLimit.of("claim", PERSON, 10, HOUR, "claimResident"),
            RateLimit.of("join", RESIDENT, 40, HOUR, "joinHousehold"),
            // Nobody learns a compound's addresses by trying.
            RateLimit.of("address", PERSON, 60, HOUR, "searchHouseholds"),
            // Whoever reads more than that is not handling cases.
            RateLimit.of("unmask", PERSON, 60, HOUR, "unmaskReporter", "unmaskResident"),
            // Whoever knows somebody needs one look; a masked number has ten thousand completions. Each is on record.
            RateLimit.of("look-up", PERSON, 60, HOUR, "findResidents", "searchResidents"),
            // It tells whether somebody is here. A day's visits are some dozens.
            RateLimit.of("register", PERSON, 60, HOUR, "registerResident"),
            // Names of staff are shown in full to those above them; nobody needs to be found by trying.
            RateLimit.of("staff-search", PERSON, 120, HOUR, "searchStaff"),
            // It says whether a user name is taken, in any district.
            RateLimit.of("account", PERSON, 60, HOUR, "createStaff"),
            RateLimit.of("export", PERSON, 10, HOUR, "exportMe"),
            // A district has a few files, each tried until it is right.
            RateLimit.of("import", PERSON, 60, HOUR, "startImport"),
            // WeChat charges for each number.
            RateLimit.of("phone", PERSON, 10, HOUR, "bindPhone"));

    private Limits() {}
}
