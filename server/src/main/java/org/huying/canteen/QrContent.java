package org.huying.canteen;

import java.util.UUID;
import java.util.regex.Pattern;
import org.huying.kernel.spelling.Typed;

/** What the QR code of a booking says: of which meal, and the code. */
record QrContent(UUID mealId, String code) {
    private static final Pattern FORM = Pattern.compile("huying:check-in:([0-9a-f-]{36}):([0-9]{6})");

    String text() {
        return "huying:check-in:" + mealId + ":" + code;
    }

    /** The code in what was read at this meal; empty, which no booking has, where it is another meal's or none of ours. */
    static String codeFor(UUID mealId, String read) {
        var matcher = FORM.matcher(Typed.signs(read));
        return matcher.matches() && matcher.group(1).equals(mealId.toString()) ? matcher.group(2) : "";
    }
}
