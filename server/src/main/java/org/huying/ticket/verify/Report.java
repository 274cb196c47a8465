package org.huying.ticket.verify;

import java.io.PrintStream;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is found, a line each as soon as it is; how far it has come, once a second; and the verdict. */
final class Report {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A log that is wrong from end to end need not be told to the end. */
    private static final int MAX_LINES = 10_000;

    private final PrintStream out;
    private final PrintStream progress;
    private final long startedNanos = System.nanoTime();
    private final Set<UUID> faultyTickets = new HashSet<>();
    private long saidNanos = startedNanos;
    private long all;
    private long tickets;
    private long events;
    private long days;
    private long faults;
    private long clocks;

    Report(PrintStream out, PrintStream progress) {
        this.out = out;
        this.progress = progress;
    }

    void expect(long ticketsInAll) {
        all = ticketsInAll;
    }

    void verified(int eventsOfTicket) {
        tickets++;
        events += eventsOfTicket;
        sayProgress();
    }

    void verifiedDay() {
        days++;
        sayProgress();
    }

    long faults() {
        return faults;
    }

    /** Whether something was found of the ticket already; what follows from that need not be said as well. */
    boolean knows(UUID ticketId) {
        return faultyTickets.contains(ticketId);
    }

    void ticket(@Nullable String ticketNo, UUID ticketId, @Nullable Integer seq, String what) {
        if (faultyTickets.size() < MAX_LINES) {
            faultyTickets.add(ticketId);
        }
        fault("ticket " + (ticketNo == null ? "without a row" : ticketNo) + " (" + ticketId + ")"
                + (seq == null ? "" : " event " + seq) + ": " + what);
    }

    /** Nothing was changed; a clock was wrong, and the record of the installation proves it. */
    void wrongClock(@Nullable String ticketNo, UUID ticketId, int seq, String what) {
        clocks++;
        if (clocks <= MAX_LINES) {
            out.println("ticket " + ticketNo + " (" + ticketId + ") from event " + seq
                    + ": written under a wrong clock: " + what);
        }
    }

    void day(UUID districtId, LocalDate date, String what) {
        fault("digest of " + date + " (district " + districtId + "): " + what);
    }

    void note(String text) {
        out.println("note: " + text);
    }

    private void fault(String line) {
        faults++;
        if (faults <= MAX_LINES) {
            out.println(line);
        } else if (faults == MAX_LINES + 1) {
            out.println("… and more, which are only counted");
        }
    }

    private void sayProgress() {
        if (System.nanoTime() - saidNanos >= PAUSE_NANOS) {
            saidNanos = System.nanoTime();
            progress.printf(
                    Locale.ROOT,
                    "%d of %d tickets, %d events, %d days; %.0f tickets/s, %.0f events/s%n",
                    tickets,
                    all,
                    events,
                    days,
                    tickets / seconds(),
                    events / seconds());
        }
    }

    void verdict() {
        progress.printf(
                Locale.ROOT,
                "%.1f s, %.0f tickets/s, %.0f events/s%n",
                seconds(),
                tickets / seconds(),
                events / seconds());
        var looked = "verified " + tickets + " tickets, " + events + " events, " + days + " days: ";
        var told = clocks == 0 ? "" : ", " + clocks + " chains under a wrong clock";
        out.println(looked + (faults == 0 ? "all intact" : "FOUND " + faults + " faults") + told);
        out.flush();
    }

    private double seconds() {
        return (System.nanoTime() - startedNanos) / 1e9;
    }
}
