package org.huying.authorization;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.huying.demo.district.DemoIds;
import org.huying.testing.Api;
import org.huying.testing.TestApp;

/**
 * Everything of one colour: a community, a compound in it, the firm that serves it, a resident of it and their household,
 * a canteen, and the staff of all these.
 *
 * @param number of community, firm and canteen
 * @param people by column, who would be callers if this side were the own one
 */
record Side(
        TestApp app,
        Which which,
        DemoIds ids,
        int number,
        UUID compound,
        UUID household,
        UUID resident,
        Map<Who, Api> people,
        Api townSupervisor,
        Api districtSupervisor,
        Map<String, String> made) {
    Api as(Who who) {
        return Objects.requireNonNull(people.get(who), who.code());
    }

    UUID community() {
        return ids.community(number);
    }

    UUID firm() {
        return ids.firm(number);
    }

    UUID canteen() {
        return ids.canteen(number);
    }

    Meals meals() {
        return new Meals(this);
    }

    Tickets tickets() {
        return new Tickets(this);
    }

    /** What nothing changes is made once. */
    String once(String name, Supplier<String> maker) {
        synchronized (made) {
            var known = made.get(name);
            if (known == null) {
                known = maker.get();
                made.put(name, known);
            }
            return known;
        }
    }

    /** For the last component of a new side. */
    static Map<String, String> nothingMade() {
        return new HashMap<>();
    }
}
