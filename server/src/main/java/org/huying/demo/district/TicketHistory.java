package org.huying.demo.district;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.huying.db.FieldCipher;
import org.huying.identity.People;
import org.huying.place.Places;
import org.huying.ticket.Tickets;

/** Plays the tickets of the past through the same rules as those of today. */
final class TicketHistory {
    private final DemoData.District district;
    private final List<Story> stories;
    private final FieldCipher cipher;
    private final LocalDate today;

    TicketHistory(DemoData data, FieldCipher cipher, LocalDate today) {
        this.district = data.district("demo");
        this.stories = HistoryPlan.before(today, data);
        this.cipher = cipher;
        this.today = today;
    }

    int size() {
        return stories.size();
    }

    /** All of it; the client is one transaction, on which the lanes' statements are pipelined. */
    Future<Void> play(SqlClient transaction) {
        var cast = new Cast(district);
        var end = today.atStartOfDay(DemoStructure.ZONE).toInstant();
        var places = new Places(cipher);
        var people = new People(cipher);
        var lanes = stories.stream()
                .collect(Collectors.groupingBy(
                        story -> story.subject().place(), LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(ofPlace -> {
                    var clock = new MovableClock();
                    var tickets = new Tickets(cipher, places, people, clock);
                    return new Lane(transaction, district.ids().districtId(), tickets, clock, cast, end).play(ofPlace);
                })
                .toList();
        return Future.all(lanes).mapEmpty();
    }
}
