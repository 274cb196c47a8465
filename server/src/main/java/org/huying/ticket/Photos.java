package org.huying.ticket;

import java.util.ArrayList;
import java.util.List;
import org.huying.kernel.Fault;

/** The photos that a request names. There is no way to hand one in yet, so none is known. */
final class Photos {
    private Photos() {}

    static List<Fault> faults(List<String> photoIds) {
        var faults = new ArrayList<Fault>();
        for (var i = 0; i < photoIds.size(); i++) {
            faults.add(new Fault("/photoIds/" + i, "photo_unknown"));
        }
        return faults;
    }
}
