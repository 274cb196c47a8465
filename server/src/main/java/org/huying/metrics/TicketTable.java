package org.huying.metrics;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.huying.http.Csv;
import org.huying.http.StreamedBody;
import org.huying.kernel.MemoryBudget;
import org.huying.kernel.Refusal;

/** The tickets of a figure as a table, with names beside the ids. */
public final class TicketTable {
    /** Of one ticket in memory, about. */
    private static final long LINE_BYTES = 500;

    private static final int LINES_AT_ONCE = 500;

    /** How many tickets a file may hold. */
    private static final int MAX_LINES = 50_000;

    /** What to ask for in order to know whether there are too many. */
    public static final int ENOUGH = MAX_LINES + 1;

    private static final List<String> HEADINGS =
            List.of("工单号", "编号", "计入时间", "首问负责编号", "首问负责单位", "服务事项编号", "服务事项", "地点编号", "地点", "渠道");

    /**
     * A ticket.
     *
     * @param details what the figure says of it, under the headings given
     */
    public record Line(
            String ticketNo,
            UUID ticketId,
            Instant at,
            UUID organizationId,
            String serviceItemCode,
            UUID placeId,
            String channel,
            List<String> details) {}

    private final List<String> headings;
    private final List<Line> lines;
    private final Map<String, String> organizations;
    private final Map<String, String> items;
    private final Map<String, String> places;

    private TicketTable(
            List<String> headings,
            List<Line> lines,
            Map<String, String> organizations,
            Map<String, String> items,
            Map<String, String> places) {
        this.headings = headings;
        this.lines = lines;
        this.organizations = organizations;
        this.items = items;
        this.places = places;
    }

    /** Refused where there are too many for a file. */
    public static Future<TicketTable> of(
            SqlClient client, GroupNames names, UUID districtId, List<String> headings, List<Line> lines) {
        if (lines.size() > MAX_LINES) {
            return Future.failedFuture(Refusal.ruleBroken("export_too_large"));
        }
        var organizations = names.of(
                client,
                districtId,
                "organization",
                keys(lines, line -> line.organizationId().toString()));
        var items = names.of(client, districtId, "serviceItem", keys(lines, Line::serviceItemCode));
        var places = names.of(
                client, districtId, "place", keys(lines, line -> line.placeId().toString()));
        return Future.all(organizations, items, places)
                .map(found ->
                        new TicketTable(headings, lines, organizations.result(), items.result(), places.result()));
    }

    private static List<String> keys(List<Line> lines, Function<Line, String> key) {
        return lines.stream().map(key).distinct().toList();
    }

    /** Made while it is taken, away from the event loop; the tickets themselves count as held by the request. */
    public StreamedBody write(Vertx vertx, MemoryBudget.Hold hold) {
        hold.more(lines.size() * LINE_BYTES);
        return sink -> sink.write(Csv.head(
                        Stream.concat(HEADINGS.stream(), headings.stream()).toList()))
                .compose(begun -> write(vertx, sink, 0));
    }

    private Future<Void> write(Vertx vertx, StreamedBody.Sink sink, int from) {
        if (from >= lines.size()) {
            return Future.succeededFuture();
        }
        var next = lines.subList(from, Math.min(lines.size(), from + LINES_AT_ONCE));
        return vertx.executeBlocking(
                        () -> Csv.lines(next.stream().map(this::row).toList()), false)
                .compose(sink::write)
                .compose(written -> write(vertx, sink, from + LINES_AT_ONCE));
    }

    private List<String> row(Line line) {
        var organization = line.organizationId().toString();
        var place = line.placeId().toString();
        var ticket = Stream.of(
                line.ticketNo(),
                line.ticketId().toString(),
                line.at().toString(),
                organization,
                organizations.getOrDefault(organization, ""),
                line.serviceItemCode(),
                items.getOrDefault(line.serviceItemCode(), ""),
                place,
                places.getOrDefault(place, ""),
                line.channel());
        return Stream.concat(ticket, line.details().stream()).toList();
    }
}
