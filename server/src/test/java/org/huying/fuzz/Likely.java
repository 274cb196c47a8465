package org.huying.fuzz;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What makes it likely that a request is taken: who asks, and what is given for path parameters and fields of the body by
 * their names. What is not given here is made from the contract.
 */
record Likely(String caller, Map<String, Object> given) {
    /** Stands for a field that is not sent. */
    static final Object LEFT_OUT = new Object();

    /** Before the name of a field of the body, where a path parameter has the same name. */
    static final String BODY = "body ";

    /** What was seen is mostly left unsaid: a version that is made up is none that anybody has seen. */
    static Likely by(String caller) {
        return new Likely(
                caller, Map.of("version", LEFT_OUT, "intoTicketVersion", LEFT_OUT, "ticketVersion", LEFT_OUT));
    }

    Likely with(String name, Object value) {
        var more = new LinkedHashMap<>(given);
        more.put(name, value);
        return new Likely(caller, Map.copyOf(more));
    }

    Likely without(String... names) {
        var likely = this;
        for (var name : names) {
            likely = likely.with(name, LEFT_OUT);
        }
        return likely;
    }
}
