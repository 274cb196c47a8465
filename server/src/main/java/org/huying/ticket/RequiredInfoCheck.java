package org.huying.ticket;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.huying.kernel.Fault;
import org.huying.kernel.spelling.NormalForm;
import org.huying.kernel.spelling.Shapes;
import org.huying.ticket.catalogue.ServiceItem;

/** What an item demands up front: everything that is missing is said at once (一次性告知). */
final class RequiredInfoCheck {
    private RequiredInfoCheck() {}

    /** What is missing comes first, then what is there but wrong. */
    static List<Fault> faults(ServiceItem item, Submission submission) {
        var missing = new ArrayList<Fault>();
        var wrong = new ArrayList<Fault>();
        var photos = submission.photoIds().size();
        for (var info : item.requiredInfo()) {
            var pointer = "/attributes/" + info.key();
            var value = submission.attributes().getOrDefault(info.key(), "");
            if (info.isPhoto()) {
                if (info.required() && --photos < 0) {
                    missing.add(new Fault(pointer, "required_info_missing", info.label()));
                }
            } else if (Shapes.isBlank(value)) {
                if (info.required()) {
                    missing.add(new Fault(pointer, "required_info_missing", info.label()));
                }
            } else if (info.options() != null && !NormalForm.ofName(value).isAmong(info.options())) {
                wrong.add(new Fault(pointer, "option_unknown", String.join(", ", info.options())));
            }
        }
        var known = item.requiredInfo().stream()
                .filter(info -> !info.isPhoto())
                .map(ServiceItem.RequiredInfo::key)
                .collect(Collectors.toSet());
        submission.attributes().keySet().stream()
                .filter(key -> !known.contains(key))
                .sorted()
                .forEach(key -> wrong.add(new Fault("/attributes/" + pointerPart(key), "attribute_unknown")));
        missing.addAll(wrong);
        return missing;
    }

    private static String pointerPart(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
