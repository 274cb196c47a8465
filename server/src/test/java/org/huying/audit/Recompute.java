package org.huying.audit;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Recomputes the one-time completion rate of a running service from the raw events and prints both numbers of every
 * figure; ends with 1 if any two differ.
 */
public final class Recompute {
    private static final int FIXED_ARGUMENTS = 5;
    private static final int USAGE = 2;

    private Recompute() {}

    public static void main(String... args) throws IOException {
        if (args.length < FIXED_ARGUMENTS) {
            System.err.println(
                    "usage: scripts/recompute ADDRESS USERNAME PASSWORD|- FROM TO"
                            + " [ASOF|now [GROUPBY]] [placeId=ID] [organizationId=ID] [serviceItemCode=CODE] [channel=CHANNEL]");
            System.exit(USAGE);
        }
        var password =
                args[2].equals("-") ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8).strip() : args[2];
        var service = Download.signedIn(URI.create(args[0]), args[1], password);
        var question = question(service, args);
        // asked before anything is read, so that all it counts is there to be read
        var answer = service.get(question.path());
        var recomputation = Recomputation.of(service.chains());
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
        System.exit(differences.isEmpty() ? 0 : 1);
    }

    private static Question question(Download service, String... args) {
        var from = LocalDate.parse(args[3]);
        var to = LocalDate.parse(args[4]);
        var rest = Arrays.asList(args).subList(FIXED_ARGUMENTS, args.length);
        var filters = new LinkedHashMap<String, String>();
        rest.stream().filter(each -> each.contains("=")).forEach(each -> {
            var equals = each.indexOf('=');
            filters.put(each.substring(0, equals), each.substring(equals + 1));
        });
        var named = rest.stream().filter(each -> !each.contains("=")).toList();
        var asOf = named.isEmpty() || named.get(0).equals("now") ? now(service, from, to) : Instant.parse(named.get(0));
        return new Question(from, to, asOf, named.size() > 1 ? named.get(1) : null, filters);
    }

    /** The service's, whose clock may be another than ours. */
    private static Instant now(Download service, LocalDate from, LocalDate to) {
        var period = List.of("from=" + from, "to=" + to);
        return Instant.parse(service.get("/v1/metrics/one-time-completion?" + String.join("&", period))
                .getString("asOf"));
    }
}
