package org.huying.metrics.completion;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.huying.http.Csv;
import org.huying.metrics.GroupNames;

/** The tickets of a figure as a table, with names beside the ids. */
record TicketTable(
        List<CountedTicket> tickets,
        Map<String, String> organizations,
        Map<String, String> items,
        Map<String, String> places) {
    private static final List<String> HEADINGS =
            List.of("工单号", "编号", "计入", "原因", "居民确认", "计入时间", "首问负责编号", "首问负责单位", "服务事项编号", "服务事项", "地点编号", "地点", "渠道");

    static Future<TicketTable> of(SqlClient client, GroupNames names, UUID districtId, List<CountedTicket> tickets) {
        var organizations = names.of(
                client,
                districtId,
                "organization",
                keys(tickets, each -> each.organizationId().toString()));
        var items = names.of(client, districtId, "serviceItem", keys(tickets, CountedTicket::serviceItemCode));
        var places = names.of(
                client,
                districtId,
                "place",
                keys(tickets, each -> each.placeId().toString()));
        return Future.all(organizations, items, places)
                .map(found -> new TicketTable(tickets, organizations.result(), items.result(), places.result()));
    }

    private static List<String> keys(List<CountedTicket> tickets, Function<CountedTicket, String> key) {
        return tickets.stream().map(key).distinct().toList();
    }

    Buffer write() {
        return Csv.write(HEADINGS, tickets.stream().map(this::row).toList());
    }

    private List<String> row(CountedTicket ticket) {
        var organization = ticket.organizationId().toString();
        var place = ticket.placeId().toString();
        return List.of(
                ticket.ticketNo(),
                ticket.ticketId().toString(),
                ticket.verdict(),
                ticket.cause() == null ? "" : ticket.cause(),
                ticket.confirmed() ? "是" : "否",
                ticket.at().toString(),
                organization,
                organizations.getOrDefault(organization, ""),
                ticket.serviceItemCode(),
                items.getOrDefault(ticket.serviceItemCode(), ""),
                place,
                places.getOrDefault(place, ""),
                ticket.channel());
    }
}
