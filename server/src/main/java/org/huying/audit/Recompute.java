package org.huying.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.huying.command.Addresses;
import org.huying.command.CommandException;
import org.huying.command.Program;

/**
 * Recomputes the one-time completion rate of a running service from the raw events and prints both numbers of every
 * figure; ends with 1 if any two differ, with 2 if it could not be told.
 */
public final class Recompute {
    private static final int FIXED_ARGUMENTS = 5;
    private static final String USAGE = "usage: scripts/recompute ADDRESS USERNAME PASSWORD|- FROM TO"
            + " [ASOF|now [GROUPBY]] [placeId=ID] [organizationId=ID] [serviceItemCode=CODE] [channel=CHANNEL]";

    private Recompute() {}

    /** Runs once. */
    public static void main(String... args) {
        System.exit(run(args));
    }

    /** Runs once; returns what the process is to end with. */
    public static int run(String... args) {
        return new Program("recompute", List.of()).run(() -> recompute(args));
    }

    private static int recompute(String... args) throws IOException {
        if (args.length < FIXED_ARGUMENTS) {
            throw new CommandException(USAGE);
        }
        var from = day(args[3]);
        var to = day(args[4]);
        var rest = Arrays.asList(args).subList(FIXED_ARGUMENTS, args.length);
        var password =
                args[2].equals("-") ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8).strip() : args[2];
        var service = Download.signedIn(Addresses.service(args[0]), args[1], password);
        var question = question(service, from, to, rest);
        // asked before anything is read, so that all it counts is there to be read
        var answer = service.get(question.path(), "total", "groups", "settled");
        say("the service has answered for " + from + " to " + to + "; reading the log of every ticket of the district");
        var chains = service.chains(read -> say(read + " logs read"));
        say(chains.size() + " logs read, every chain whole; counting anew");
        var recomputation = Recomputation.of(chains);
        var comparison = Comparison.of(answer, recomputation.figures(question));
        System.out.printf(
                "%d tickets, every chain whole; %s to %s as of %s%s%n",
                recomputation.size(),
                question.from(),
                question.to(),
                question.asOf(),
                answer.getBoolean("settled") ? "" : " (not settled yet)");
        comparison.lines().forEach(System.out::println);
        var differences = comparison.differences();
        System.out.println(differences.isEmpty() ? "no difference" : differences.size() + " differences");
        return differences.isEmpty() ? 0 : 1;
    }

    private static void say(String words) {
        System.err.println("recompute: " + words);
    }

    private static Question question(Download service, LocalDate from, LocalDate to, List<String> rest) {
        var filters = new LinkedHashMap<String, String>();
        rest.stream().filter(each -> each.contains("=")).forEach(each -> {
            var equals = each.indexOf('=');
            filters.put(each.substring(0, equals), each.substring(equals + 1));
        });
        if (!History.FILTERS.keySet().containsAll(filters.keySet())) {
            throw new CommandException(USAGE);
        }
        var named = rest.stream().filter(each -> !each.contains("=")).toList();
        if (named.size() > 2) {
            throw new CommandException(USAGE);
        }
        var asOf = named.isEmpty() || named.get(0).equals("now") ? now(service, from, to) : instant(named.get(0));
        return new Question(from, to, asOf, named.size() > 1 ? named.get(1) : null, filters);
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new CommandException("not a day such as 2026-01-31: " + text, e);
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new CommandException("neither now nor an instant such as 2026-01-31T16:00:00Z: " + text, e);
        }
    }

    /** The service's, whose clock may be another than ours. */
    private static Instant now(Download service, LocalDate from, LocalDate to) {
        var period = List.of("from=" + from, "to=" + to);
        return Instant.parse(service.get("/v1/metrics/one-time-completion?" + String.join("&", period), "asOf")
                .getString("asOf"));
    }
}
