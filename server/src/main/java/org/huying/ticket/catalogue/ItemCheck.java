package org.huying.ticket.catalogue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.huying.kernel.Fault;
import org.huying.kernel.spelling.NormalForm;
import org.huying.photo.Photos;

/** Whether an item makes sense: every fault of it at once. */
final class ItemCheck {
    /** A year of working days. */
    private static final int WORKING_HOURS_MAX = 2000;

    private ItemCheck() {}

    static List<Fault> faults(ServiceItem item) {
        var faults = new ArrayList<Fault>();
        var keys = new HashSet<String>();
        for (var i = 0; i < item.requiredInfo().size(); i++) {
            var info = item.requiredInfo().get(i);
            var pointer = "/requiredInfo/" + i;
            if (!keys.add(info.key())) {
                faults.add(new Fault(pointer + "/key", "key_repeated"));
            }
            addOptionFaults(faults, info, pointer + "/options");
        }
        if (item.resolutionHours() < item.responseHours()) {
            faults.add(new Fault("/resolutionHours", "targets_reversed", Integer.toString(item.responseHours())));
        }
        if (item.calendar().equals(ServiceItem.WORKING_HOURS) && item.resolutionHours() > WORKING_HOURS_MAX) {
            faults.add(new Fault("/resolutionHours", "working_target_too_long", Integer.toString(WORKING_HOURS_MAX)));
        }
        var photos = item.requiredInfo().stream()
                .filter(info -> info.isPhoto() && info.required())
                .count();
        if (photos > Photos.REPORTER_MAX) {
            faults.add(new Fault("/requiredInfo", "photos_too_many", Integer.toString(Photos.REPORTER_MAX)));
        }
        return faults;
    }

    private static void addOptionFaults(List<Fault> faults, ServiceItem.RequiredInfo info, String pointer) {
        var options = info.options();
        if (!info.type().equals(ServiceItem.RequiredInfo.CHOICE)) {
            if (options != null) {
                faults.add(new Fault(pointer, "options_unexpected"));
            }
        } else if (options == null || options.isEmpty()) {
            faults.add(new Fault(pointer, "options_required"));
        } else if (options.stream().map(NormalForm::ofName).distinct().count() < options.size()) {
            faults.add(new Fault(pointer, "options_repeated"));
        }
    }
}
