package org.huying.canteen;

import java.util.List;
import org.huying.kernel.Fault;
import org.huying.kernel.Refusal;

/** Broken rules: all that is wrong at once, under the code of the first. */
final class Faults {
    private Faults() {}

    static void refuse(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw Refusal.ruleBroken(faults.get(0).code(), faults);
        }
    }

    static Refusal of(String pointer, String code) {
        return of(new Fault(pointer, code));
    }

    static Refusal of(Fault fault) {
        return Refusal.ruleBroken(fault.code(), List.of(fault));
    }
}
