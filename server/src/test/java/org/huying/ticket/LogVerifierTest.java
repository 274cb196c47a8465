package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.huying.db.Rows;
import org.huying.ticket.digest.LogDigest;
import org.huying.ticket.verify.SavedDigests;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the owner of the database does to the log is found, and named. */
@Tag("long")
class LogVerifierTest {
    private final LogWorld log = new LogWorld();
    private final TicketWorld world = log.world;

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void aLogThatNobodyTouchedIsIntact() {
        // given
        world.bring(world.report(), Status.WAITING_INFO);
        world.act(world.townSupervisor, log.busy, Action.INCLUDE);

        // then
        assertThat(log.verify()).isEqualTo("verified 3 tickets, 21 events, 2 days: all intact\n");
    }

    /** A semicolon stands for a comma. */
    @ParameterizedTest
    @CsvSource({
        "data = data || '{\"outcome\": \"answered\"}', 5, tampered event",
        "data = data - 'note', 5, tampered event",
        "type = 'closed', 5, tampered event",
        "type = 'nothing', 5, tampered event",
        "actor_ref = 'worker-2', 5, tampered event",
        "actor_org_id = NULL, 5, tampered event",
        "on_behalf_of_ref = 'resident-1', 5, tampered event",
        "at = at + interval '1 millisecond', 5, tampered event",
        "hash = md5('') || md5(''), 5, tampered event",
        "shown_sealed = '\\x0102', 5, words cannot be opened",
    })
    void aTamperedEventIsNamed(String change, int seq, String what) {
        // when
        log.tamper("UPDATE ticket_event SET " + change + " WHERE seq = " + seq + " AND ticket_id = '" + log.busy + "'");

        // then
        assertThat(log.verify()).contains(line(seq, what)).contains("FOUND ").doesNotContain("row differs");
    }

    @Test
    void aMissingEventIsNamed() {
        // when
        log.tamper("DELETE FROM ticket_event WHERE seq IN (2, 3) AND ticket_id = '" + log.busy + "'");

        // then
        assertThat(log.verify()).contains(line(2, "missing event, up to 3")).contains("FOUND 1 faults");
    }

    @Test
    void aCutOffTailIsNamed() {
        // when
        log.tamper("DELETE FROM ticket_event WHERE seq > 4 AND ticket_id = '" + log.busy + "'");

        // then
        assertThat(log.verify())
                .contains(line(5, "cut-off tail: the row knows of 8 events, 4 are there"))
                .contains("FOUND 1 faults");
    }

    @Test
    void aCutOffTailWhoseRowWasMadeToFitIsNamedByTheDigest() {
        // when
        log.cut(log.busy, 6);

        // then
        assertThat(log.verify())
                .contains(line(7, "cut-off tail: the digest of 2026-03-03 ends with event 8"))
                .contains("FOUND 1 faults");
    }

    @Test
    void aWholeTicketThatWasTakenAwayIsNamedByTheDigest() {
        // when
        log.tamper("DELETE FROM ticket_event WHERE ticket_id = '" + log.busy + "'");
        for (var table :
                List.of("ticket_due", "ticket_exclusion", "ticket_rating", "ticket_reopening", "ticket_actor")) {
            log.tamper("DELETE FROM " + table + " WHERE ticket_id = '" + log.busy + "'");
        }
        log.tamper("DELETE FROM ticket WHERE id = '" + log.busy + "'");

        // then
        assertThat(log.verify())
                .contains("ticket without a row (" + log.busy + ") event 1: cut-off tail")
                .contains("FOUND 1 faults");
    }

    @Test
    void aForgedEventOfADayThatIsOverIsNamed() {
        // when
        log.forge(log.early);

        // then
        assertThat(log.verify())
                .contains("(" + log.early + ") event 7: forged event: the digest of 2026-03-02 does not know of it")
                .contains("FOUND 1 faults");
    }

    @Test
    void aForgedEventThatTheRowDoesNotKnowIsNamed() {
        // when
        log.tamper("INSERT INTO ticket_event SELECT district_id, ticket_id, 9, 'commented', at, actor_ref, actor_kind,"
                + " actor_org_id, on_behalf_of_ref, data, hash, hash, NULL FROM ticket_event WHERE seq = 8");

        // then
        assertThat(log.verify()).contains(line(9, "tampered event"));
    }

    @Test
    void aChainHashedAnewIsNamedByTheDigest() {
        // when
        log.rewrite(log.busy, 7, new JsonObject().put("rating", 1));
        log.tamper("UPDATE ticket_rating SET rating = 1");

        // then
        assertThat(log.verify())
                .contains(line(8, "rewritten event: it is not the one in the digest of 2026-03-03"))
                .contains("FOUND 1 faults");
    }

    @ParameterizedTest
    @CsvSource({
        "ticket SET rating = 4, row differs: rating",
        "ticket SET first_resolved_at = first_resolved_at - interval '1 day', row differs: firstResolvedAt",
        "ticket SET response_late_at = now(), row differs: responseLateAt",
        "ticket SET confirmed_at = NULL, row differs: confirmedAt",
        "ticket SET anonymous = true, row differs: anonymous",
        "ticket SET submitted_at = submitted_at - interval '1 day', row differs: submittedAt",
        "ticket SET status = 'resolved', row differs: status",
        "ticket SET clock_due_at = now(), row differs: clockDueAt",
        "ticket SET assignee_id = reporter_id, row differs: assigneeId",
        "ticket SET reporter_id = NULL, row differs: reporterId",
        "ticket SET place_id = place_path[1], row differs: placeId",
        "ticket SET last_hash = '', row differs: lastHash",
    })
    void aChangedRowIsNamedWithItsField(String change, String what) {
        // when
        log.tamper("UPDATE " + change + " WHERE id = '" + log.busy + "'");

        // then
        assertThat(log.verify()).contains(line(null, what)).contains("FOUND 1 faults");
    }

    @ParameterizedTest
    @CsvSource({
        "UPDATE ticket_due SET due_at = due_at + interval '1 day', 1, row differs: ticket_due",
        "DELETE FROM ticket_due, 1, row differs: ticket_due",
        "UPDATE ticket_exclusion SET until_at = from_at, 8, row differs: ticket_exclusion",
        "UPDATE ticket_exclusion SET reason = 'out_of_scope', 8, row differs: ticket_exclusion",
        "DELETE FROM ticket_exclusion, 8, row differs: ticket_exclusion",
    })
    void aChangedCompanionOfTheRowIsNamed(String change, int seq, String what) {
        // when
        log.tamper(change + " WHERE ticket_id = '" + log.busy + "'");

        // then
        assertThat(log.verify()).contains(line(seq, what)).contains("FOUND 1 faults");
    }

    @Test
    void anInventedExclusionIsNamed() {
        // when
        log.tamper("INSERT INTO ticket_exclusion SELECT district_id, '" + log.early
                + "', 2, from_at, NULL, reason, by_ref FROM ticket_exclusion");

        // then
        assertThat(log.verify()).contains("(" + log.early + ") event 2: row differs: ticket_exclusion");
    }

    @Test
    void swappedWordsAreNamedOnceTheKeyIsThere() {
        // when
        log.tamper("UPDATE ticket_event e SET shown_sealed = o.shown_sealed FROM ticket_event o"
                + " WHERE e.type = 'submitted' AND o.type = 'submitted' AND e.ticket_id <> o.ticket_id");

        // then
        assertThat(log.verify()).contains(line(1, "words differ from their hash: description"));
        assertThat(log.verify(null, SavedDigests.none()))
                .contains("note: words were not held against their hashes")
                .contains("all intact");
    }

    @Test
    void erasedWordsAreNoFault() {
        // when
        world.sql("UPDATE ticket_event SET shown_sealed = NULL");

        // then
        assertThat(log.verify()).contains("all intact");
    }

    /** The row may say so, too: then only what was committed to tells. */
    @ParameterizedTest
    @CsvSource({
        "resident-1, reporter_id, 4, 2026-03-02",
        "worker-1, assignee_id, 4, 2026-03-02",
        "supervisor-1, reporter_id, 8, 2026-03-03",
    })
    void whoeverIsPutBehindAPseudonymIsNoticed(String ref, String column, int seq, String day) {
        // given
        var somebody = "'01900000-0000-7000-8000-000000000001'";
        var actor = " WHERE ticket_id = '" + log.busy + "' AND ref = '" + ref + "'";

        // when
        log.tamper(
                "UPDATE ticket SET " + column + " = " + somebody + " WHERE id = '" + log.busy + "' AND " + column
                        + " = (SELECT person_id FROM ticket_actor" + actor + ")",
                "UPDATE ticket_actor SET person_id = " + somebody + actor);

        // then
        assertThat(log.verify())
                .contains(line(null, "somebody else is behind " + ref + " than was committed to"))
                .contains("FOUND 1 faults");

        // when the commitment is made to fit
        log.tamper("UPDATE ticket_actor SET commitment = actor_commitment(salt, ticket_id, ref, person_id)" + actor);

        // then
        assertThat(log.verify())
                .contains(line(seq, "others are behind its pseudonyms than when the digest of " + day + " was made"))
                .contains("FOUND 1 faults");
    }

    @Test
    void anActorThatIsTakenAwayOrPutInIsNamed() {
        log.tamper("DELETE FROM ticket_actor WHERE ref = 'supervisor-1' AND ticket_id = '" + log.busy + "'");
        assertThat(log.verify()).contains(line(8, "nobody is known behind supervisor-1"));

        log.tamper("INSERT INTO ticket_actor (district_id, ticket_id, ref, person_id, salt, commitment, since)"
                + " SELECT district_id, id, 'supervisor-1', routed_org_id, '', '', '2030-01-01' FROM ticket WHERE id = '"
                + log.busy + "'");
        assertThat(log.verify()).contains(line(8, "supervisor-1 came in only later"));
    }

    @Test
    void aReporterOfNothingIsNamed() {
        log.tamper("INSERT INTO ticket_co_reporter (district_id, ticket_id, person_id)"
                + " SELECT district_id, id, assignee_id FROM ticket WHERE id = '" + log.busy + "'");
        assertThat(log.verify())
                .contains(line(null, "row differs: ticket_co_reporter"))
                .contains("FOUND 1 faults");
    }

    /** What was published before anybody was committed to stays what it was. */
    @Test
    void digestsOfTheFirstFormatStayVerifiable() {
        // given
        var old = new ArrayList<String>();
        var previous = "0".repeat(64);
        for (var day : List.of("2026-03-02", "2026-03-03")) {
            var date = LocalDate.parse(day);
            var heads = world.query(client -> client.preparedQuery(
                            "SELECT ticket_id, seq, hash, 0::bigint AS events, actors FROM log_digest_head WHERE day = $1")
                    .execute(Tuple.of(date))
                    .map(Rows.list(LogDigest.Head::from)));
            var digest = new LogDigest(1, world.district, date, previous, heads).digest();
            old.add("UPDATE log_digest SET format = 1, digest = '" + digest + "', previous_digest = '" + previous
                    + "' WHERE day = '" + day + "'");
            previous = digest;
        }
        old.add("UPDATE log_digest_head SET actors = NULL");
        log.tamper(old.toArray(String[]::new));
        assertThat(log.verify()).contains("all intact");

        // when
        world.act(world.townSupervisor, log.busy, Action.INCLUDE);
        log.nightPasses();

        // then
        assertThat(log.digests()).extracting(each -> each.getInteger("format")).containsExactly(1, 1, 2);
        assertThat(log.verify()).contains("3 days: all intact");
    }

    @ParameterizedTest
    @CsvSource({
        "UPDATE log_digest SET digest = md5('') || md5(''), digest of 2026-03-02, is not that of its heads",
        "UPDATE log_digest SET digest = md5('') || md5(''), digest of 2026-03-03, does not follow",
        "UPDATE log_digest SET events = 1, digest of 2026-03-02, its counts are others",
        "UPDATE log_digest_head SET seq = seq - 1, digest of 2026-03-02, is not that of its heads",
        "DELETE FROM log_digest_head, digest of 2026-03-02, is not that of its heads",
        "DELETE FROM log_digest, digest of 2026-03-02, missing digest",
    })
    void aChangedDigestIsNamed(String change, String day, String what) {
        // when
        log.tamper(change + " WHERE day = '2026-03-02'");

        // then
        assertThat(log.verify()).containsPattern(day + ".*" + what).contains("FOUND ");
    }

    @Test
    void whoRewritesEventsRowsAndDigestsIsFoundByADigestKeptOutside() {
        // given
        var saved = log.saved();

        // when
        log.cut(log.busy, 6);
        log.tamper("DELETE FROM log_digest_head", "DELETE FROM log_digest", "UPDATE job SET due_at = '2026-03-01'");
        log.publish(world.database);

        // then
        assertThat(log.verify()).contains("all intact");
        assertThat(log.verify(world.cipher, saved))
                .containsPattern("digest of 2026-03-03 .*tampered digest: it differs from the saved one")
                .contains("FOUND 1 faults");
    }

    @Test
    void aDigestThatWasPublishedOnceAndIsGoneIsNamed() {
        // given
        var saved = log.saved();

        // when
        log.tamper(
                "DELETE FROM log_digest_head WHERE day = '2026-03-03'",
                "DELETE FROM log_digest WHERE day = '2026-03-03'");

        // then
        assertThat(log.verify(world.cipher, saved))
                .containsPattern("digest of 2026-03-03 .*missing digest: it was published once");
    }

    @Test
    void digestsAreReadAsTheyWereSaved(@TempDir Path directory) throws IOException {
        // given
        var page = log.digests().stream()
                .map(each -> new JsonObject()
                        .put("districtId", world.district.toString())
                        .put("date", each.getString("day"))
                        .put("digest", each.getString("digest"))
                        .encode())
                .toList();
        var lines = Files.write(directory.resolve("lines"), page);
        var answer = Files.writeString(
                directory.resolve("answer"),
                "{\"items\":" + page.stream().collect(Collectors.joining(",", "[", "]")) + ",\"nextCursor\":null}");

        // then
        assertThat(SavedDigests.read(lines)).isEqualTo(log.saved()).isEqualTo(SavedDigests.read(answer));
    }

    @Test
    void whatIsBehindWithItsDigestsIsSaid() {
        // when
        world.clock.advance(Duration.ofDays(3));

        // then
        assertThat(log.verify()).contains("has no digest since 2026-03-03").contains("all intact");
    }

    private String line(@Nullable Integer seq, String what) {
        return "(" + log.busy + ")" + (seq == null ? "" : " event " + seq) + ": " + what;
    }
}
