package org.huying.ticket.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.demo.district.DemoStructure;
import org.huying.photo.image.Pictures;

/** Makes tickets with something in them for everybody. */
final class VisibilityStage {
    static final String INTERNAL = "此户难沟通";
    static final String TOLD = "三单元门口那盏";

    /**
     * A ticket.
     *
     * @param photos that of the report, that of the answer to a question, and the evidence, as far as it came to that
     */
    record Staged(String item, String kind, UUID ticket, List<String> photos) {
        JsonObject question() {
            var question = new JsonObject().put("serviceItemCode", item).put("text", MatrixTickets.DESCRIPTION);
            return kind.equals("spot")
                    ? question.put("placeId", MatrixCast.COMPOUND.toString())
                    : question.put("householdId", MatrixCast.HOUSEHOLD.toString());
        }
    }

    private static final String FIRM = "dispatcher of the firm";
    private static final String WORKER = "worker of the firm";
    private static final String OTHER = "reporter of one merged into it";

    private final MatrixCast cast;
    private final MatrixTickets tickets;
    private final List<UUID> all = new ArrayList<>();

    VisibilityStage(MatrixCast cast, MatrixTickets tickets) {
        this.cast = cast;
        this.tickets = tickets;
    }

    /** Every ticket there is, those merged into others as well. */
    List<UUID> all() {
        return all;
    }

    /** By the columns of the table. */
    Map<String, Staged> make() {
        var made = new LinkedHashMap<String, Staged>();
        made.put("household", workedOn("household", false));
        var closed = closed(workedOn("household", false));
        made.put("closed", closed);
        made.put("long closed", closed);
        made.put("cancelled", then("reporter", "cancel", workedOn("household", false)));
        made.put("merged", merged(accepted("household", false)));
        made.put("moved on", then(FIRM, "escalate", workedOn("household", false)));
        made.put("spot", workedOn("spot", false));
        made.put("spot, closed", closed(workedOn("spot", false)));
        made.put("anonymous", workedOn("spot", true));
        return made;
    }

    /** Both its reporters have spoken in it, and the staff among themselves. */
    private Staged accepted(String kind, boolean anonymous) {
        var item = tickets.nextItem();
        var reported = photo("reporter");
        var own = report("reporter", item, kind, with(reported).put("anonymous", anonymous));
        var other = report(OTHER, item, kind, new JsonObject());
        act(FIRM, other, "merge", MatrixTickets.into(own));
        act(OTHER, own, "comment", new JsonObject().put("text", "我家也一样"));
        if (kind.equals("spot")) {
            act("follower", own, "follow", new JsonObject());
        }
        act(FIRM, own, "accept", new JsonObject());
        act(FIRM, own, "request-info", tickets.body("request-info", kind));
        var provided = photo("reporter");
        act("reporter", own, "provide-info", with(provided).put("message", TOLD));
        act(FIRM, own, "comment", new JsonObject().put("text", INTERNAL).put("internal", true));
        return new Staged(item, kind, own, List.of(reported, provided));
    }

    private Staged workedOn(String kind, boolean anonymous) {
        var staged = accepted(kind, anonymous);
        for (var worker : List.of("second-worker-1", "worker-1")) {
            var assignee = DemoStructure.staff(worker).toString();
            act(FIRM, staged.ticket(), "assign", new JsonObject().put("assigneeId", assignee));
        }
        return then(WORKER, "start", staged);
    }

    private Staged closed(Staged staged) {
        var evidence = photo(WORKER);
        act(
                WORKER,
                staged.ticket(),
                "resolve",
                tickets.body("resolve", staged.kind()).mergeIn(with(evidence)));
        var photos = new ArrayList<>(staged.photos());
        photos.add(evidence);
        return then("reporter", "confirm", new Staged(staged.item(), staged.kind(), staged.ticket(), photos));
    }

    private Staged merged(Staged staged) {
        var target = report("household member", staged.item(), staged.kind(), new JsonObject());
        act(FIRM, staged.ticket(), "merge", MatrixTickets.into(target));
        return staged;
    }

    private Staged then(String actor, String action, Staged staged) {
        act(actor, staged.ticket(), action, tickets.body(action, staged.kind()));
        return staged;
    }

    private UUID report(String actor, String item, String kind, JsonObject more) {
        var ticket = tickets.report(actor, item, kind, more);
        all.add(ticket);
        return ticket;
    }

    private void act(String actor, UUID ticket, String action, JsonObject body) {
        tickets.act(actor, ticket, action, body);
    }

    private String photo(String actor) {
        var made = cast.caller(actor).upload("/v1/photos", Pictures.jpeg(24, 16));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.id().toString();
    }

    private static JsonObject with(String photo) {
        return new JsonObject().put("photoIds", new JsonArray().add(photo));
    }
}
