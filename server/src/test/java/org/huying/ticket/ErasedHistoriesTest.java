package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.huying.db.personal.PersonalData.Person;
import org.huying.kernel.Caller;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever is erased after whatever happened: chains hold, rows follow from their events, others' words stay. */
@Tag("long")
class ErasedHistoriesTest {
    private static final int STEPS = 150;

    /** An event with words, and whose words they are: those of the one in whose name it was done. */
    private record Spoken(UUID ticketId, int seq, UUID speaker, boolean asResident) {}

    @ParameterizedTest
    @ValueSource(longs = {3, 20_260_302L, 77})
    void erasingAnyResidentsKeepsTheChainsAndTheWordsOfOthers(long seed) throws Exception {
        try (var world = new TicketWorld()) {
            // given
            var tickets = new RandomHistory(world, seed).run(STEPS);
            var random = new Random(seed);
            var erased = new HashSet<UUID>();
            List.of(world.owner, world.family, world.stranger, world.neighbour, world.proxy).stream()
                    .map(Caller::personId)
                    .filter(each -> random.nextBoolean())
                    .forEach(erased::add);
            erased.add(world.owner.personId());
            var before = spoken(world);
            var states = states(world, tickets);

            // when
            var personal = new PersonalTickets(world.cipher);
            erased.forEach(each -> world.inTransaction(
                    tx -> personal.erase(tx, new Person(world.district, each), world.clock.instant())));

            // then
            assertThat(tickets)
                    .allSatisfy(ticket -> assertThat(ChainCheck.firstFault(world.events(ticket)))
                            .isEmpty());
            assertThat(RowCheck.faults(
                            (sql, values) -> world.query(
                                    client -> client.preparedQuery(sql).execute(Tuple.from(values))),
                            world.district))
                    .isEmpty();
            assertThat(states(world, tickets)).isEqualTo(states);
            var gone = new HashSet<>(before);
            gone.removeAll(spoken(world));
            assertThat(gone).isNotEmpty().allMatch(each -> erased.contains(each.speaker()) && each.asResident());
            assertThat(spoken(world)).noneMatch(each -> erased.contains(each.speaker()) && each.asResident());
        }
    }

    private static Map<UUID, String> states(TicketWorld world, List<UUID> tickets) {
        var states = new HashMap<UUID, String>();
        tickets.forEach(ticket -> states.put(ticket, world.state(ticket).lastHash + world.state(ticket).status));
        return states;
    }

    private static Set<Spoken> spoken(TicketWorld world) {
        var found = new HashSet<Spoken>();
        world.query(client -> client.query("""
                        SELECT e.ticket_id, e.seq, a.person_id,
                            e.actor_kind = 'resident' OR e.on_behalf_of_ref IS NOT NULL AS as_resident
                        FROM ticket_event e
                        JOIN ticket_actor a ON a.ticket_id = e.ticket_id
                            AND a.ref = coalesce(e.on_behalf_of_ref, e.actor_ref)
                        WHERE e.shown_sealed IS NOT NULL
                        """).execute())
                .forEach(row -> found.add(new Spoken(
                        row.getUUID("ticket_id"),
                        row.getInteger("seq"),
                        row.getUUID("person_id"),
                        row.getBoolean("as_resident"))));
        return found;
    }
}
