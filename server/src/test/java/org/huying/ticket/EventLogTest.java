package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.huying.http.JsonText;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class EventLogTest {
    @AutoClose
    private final TicketWorld world = new TicketWorld();

    @Test
    void anybodyCanVerifyTheChainFromWhatIsShown() throws Exception {
        // given
        var ticket = world.bring(world.report(), Status.CLOSED);

        // when
        var events = world.eventViews(world.owner, ticket);

        // then
        var previous = "0".repeat(64);
        for (var event : events) {
            var json = new JsonObject(JsonText.write(event));
            json.remove("shown");
            var hash = (String) json.remove("hash");
            assertThat(json.getString("previousHash")).isEqualTo(previous);
            assertThat(json.getString("at")).matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z");
            assertThat(json.fieldNames())
                    .containsExactlyInAnyOrder(
                            "ticketId", "seq", "type", "at", "actor", "onBehalfOf", "data", "previousHash");
            assertThat(sha256(canonical(json.getMap()).getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(hash);
            previous = hash;
        }
        assertThat(events).hasSize(6);
    }

    @Test
    void textsStandAsSaltedHashesAndPeopleAsPseudonyms() throws Exception {
        // given
        var ticket = world.bring(world.report(), Status.RESOLVED);

        // when
        var resolved = world.eventViews(world.owner, ticket).get(4);

        // then
        var shown = Objects.requireNonNull(resolved.shown());
        assertThat(shown.texts()).isEqualTo(Map.of("note", "已更换阀门"));
        assertThat(shown.names()).isEqualTo(Map.of("worker-1", "师傅甲"));
        var salt = HexFormat.of()
                .parseHex((String) Objects.requireNonNull(shown.salts().get("note")));
        var digest = MessageDigest.getInstance("SHA-256");
        digest.update(salt);
        digest.update("已更换阀门".getBytes(StandardCharsets.UTF_8));
        assertThat(resolved.data().getString("note")).isEqualTo(HexFormat.of().formatHex(digest.digest()));
        assertThat(resolved.actor()).isEqualTo(new TicketEvent.Actor("worker-1", "worker", world.firm));
        assertThat(JsonText.write(world.events(ticket)).toString()).doesNotContain("漏水", "王建国", "师傅");
    }

    @Test
    void aProxyActsInTheNameOfTheirPrincipal() {
        // given
        var ticket = world.report().id();

        // when
        world.act(world.proxy, ticket, Action.CANCEL);

        // then
        var event = world.events(ticket).get(1);
        assertThat(event.actor().ref()).isEqualTo("resident-2");
        assertThat(event.onBehalfOf()).isEqualTo("resident-1");
    }

    @Test
    void theDatabaseTakesNoChangeBack() {
        // given
        world.report();

        // then
        assertThatThrownBy(() -> world.tamper("UPDATE ticket_event SET type = 'closed'"))
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> world.tamper("DELETE FROM ticket_event")).hasMessageContaining("append-only");
        assertThatThrownBy(() -> world.tamper("TRUNCATE ticket_event CASCADE")).hasMessageContaining("append-only");
    }

    @Test
    void erasingWordsLeavesTheChainWhole() {
        // given
        var ticket = world.report().id();

        // when
        world.tamper("UPDATE ticket_event SET shown_sealed = NULL");

        // then
        assertThat(ChainCheck.firstFault(world.events(ticket))).isEmpty();
        assertThat(world.view(world.owner, ticket).description()).isNull();
    }

    @Test
    void aTamperedEventIsFound() {
        // given
        var ticket = world.bring(world.report(), Status.CLOSED);

        // when
        world.tamper(
                "ALTER TABLE ticket_event DISABLE TRIGGER USER",
                "UPDATE ticket_event SET data = data || '{\"outcome\": \"answered\"}' WHERE type = 'resolved'");

        // then
        assertThat(ChainCheck.firstFault(world.events(ticket))).hasValue(5);
    }

    @Test
    void aMissingEventIsFound() {
        // given
        var ticket = world.bring(world.report(), Status.CLOSED);

        // when
        world.tamper("ALTER TABLE ticket_event DISABLE TRIGGER USER", "DELETE FROM ticket_event WHERE seq = 3");

        // then
        assertThat(ChainCheck.firstFault(world.events(ticket))).hasValue(3);
    }

    /** RFC 8785 for what events are made of: objects sorted by name, no spaces, plain strings and whole numbers. */
    private static String canonical(Object value) {
        if (value instanceof JsonObject object) {
            return canonical(object.getMap());
        } else if (value instanceof Map<?, ?> map) {
            var members = new TreeMap<String, String>();
            map.forEach((key, each) -> members.put(key.toString(), each == null ? "null" : canonical(each)));
            return "{"
                    + String.join(
                            ",",
                            members.entrySet().stream()
                                    .map(each -> "\"" + each.getKey() + "\":" + each.getValue())
                                    .toList())
                    + "}";
        } else if (value instanceof Iterable<?> list) {
            var parts = new java.util.ArrayList<String>();
            list.forEach(each -> parts.add(canonical(each)));
            return "[" + String.join(",", parts) + "]";
        }
        return value instanceof String text ? "\"" + text + "\"" : value.toString();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
