package org.huying.kernel;

import java.util.List;

/** Broken rules: all that is wrong at once, under the code of the first. */
public final class Faults {
    private Faults() {}

    public static void refuse(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw Refusal.ruleBroken(faults.get(0).code(), faults);
        }
    }

    public static Refusal of(String pointer, String code) {
        return of(new Fault(pointer, code));
    }

    public static Refusal of(Fault fault) {
        return Refusal.ruleBroken(fault.code(), List.of(fault));
    }
}
