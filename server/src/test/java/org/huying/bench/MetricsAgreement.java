package org.huying.bench;

import static org.huying.bench.BenchNode.await;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whether the service says the same as the plain SQL over events, and the same however it is asked. */
final class MetricsAgreement {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final int PAGE = 100;

    private final MetricsDistrict district;
    private final MetricsReader reader;
    private final SqlClient client;

    MetricsAgreement(MetricsDistrict district, MetricsReader reader, SqlClient client) {
        this.district = district;
        this.reader = reader;
        this.client = client;
    }

    /** What does not agree, and how; empty if all does. */
    List<String> faults(YearMonth month, Instant asOf) throws Exception {
        var faults = new ArrayList<String>();
        var byOrganization = reader.get(MetricsReader.figures(month, "organization", asOf));
        var counted = MetricsReader.counts(byOrganization);
        compare(faults, month + " as of " + asOf, byEvents(month, asOf), counted);
        var total = MetricsReader.counts(reader.get(MetricsReader.figures(month, null, asOf)));
        compare(faults, month + " in all", only(counted, ""), only(total, ""));
        var byPlace = MetricsReader.counts(reader.get(MetricsReader.figures(month, "place", asOf)));
        compare(
                faults,
                month + " of all places",
                only(counted, ""),
                only(byPlace, district.id().toString()));
        for (var groupBy : List.of("serviceItem", "channel")) {
            var by = MetricsReader.counts(reader.get(MetricsReader.figures(month, groupBy, asOf)));
            compare(faults, month + " by " + groupBy, only(counted, ""), sum(by));
        }
        var firm = district.firms.get(0).toString();
        var listed = listed(MetricsReader.tickets(month, "broken", asOf) + "&organizationId=" + firm);
        var figure = only(counted, firm).entrySet().stream()
                .filter(each -> each.getKey().startsWith("broken/"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        if (listed != figure) {
            faults.add(month + ": " + listed + " broken tickets of a firm are listed, the figure says " + figure);
        }
        return faults;
    }

    Map<String, Long> byEvents(YearMonth month, Instant asOf) throws Exception {
        return await(CompletionByEvents.counts(
                client,
                district.id(),
                month.atDay(1).atStartOfDay(ZONE).toInstant(),
                month.plusMonths(1).atDay(1).atStartOfDay(ZONE).toInstant(),
                asOf));
    }

    private long listed(String path) throws Exception {
        long count = 0;
        @Nullable String cursor = null;
        do {
            var page = reader.get(path + "&limit=" + PAGE + (cursor == null ? "" : "&cursor=" + cursor));
            count += page.getJsonArray("items").size();
            cursor = page.getString("nextCursor");
        } while (cursor != null);
        return count;
    }

    /** Of one group, by verdict. */
    private static Map<String, Long> only(Map<String, Long> counts, String group) {
        var prefix = "main/" + group + "/";
        var found = new TreeMap<String, Long>();
        counts.forEach((name, n) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), n);
            }
        });
        return found;
    }

    /** Of all groups but the total, by verdict. */
    private static Map<String, Long> sum(Map<String, Long> counts) {
        var found = new TreeMap<String, Long>();
        counts.forEach((name, n) -> {
            var parts = name.split("/", 3);
            if (parts[0].equals("main") && !parts[1].isEmpty()) {
                found.merge(parts[2], n, Long::sum);
            }
        });
        return found;
    }

    private static void compare(List<String> faults, String what, Map<String, Long> expected, Map<String, Long> found) {
        if (expected.isEmpty()) {
            faults.add(what + ": there is nothing to compare");
        }
        if (!expected.equals(found)) {
            faults.add(what + ": " + new JsonObject(Map.copyOf(expected)) + " is expected, the service says "
                    + new JsonObject(Map.copyOf(found)));
        }
    }
}
