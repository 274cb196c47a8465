package org.huying.kernel;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What is shown of personal data where it only serves to tell people apart. */
public final class Masked {
    /** The name of everybody whose data was erased. */
    public static final String ERASED = "已注销";

    private static final int PHONE_HEAD = 3;
    private static final int PHONE_TAIL = 4;

    private Masked() {}

    /** The family name; nothing is left to be hidden of somebody erased. */
    public static String name(String name) {
        return name.equals(ERASED)
                ? ERASED
                : name.substring(0, name.offsetByCodePoints(0, Math.min(1, name.length()))) + "**";
    }

    /** The year, where there is one. */
    public static @Nullable Integer birthDate(@Nullable String birthDate) {
        return birthDate == null ? null : LocalDate.parse(birthDate).getYear();
    }

    /** The ends of the number. */
    public static String phone(String phone) {
        return phone.length() < PHONE_HEAD + 2 * PHONE_TAIL
                ? "****"
                : phone.substring(0, PHONE_HEAD) + "****" + phone.substring(phone.length() - PHONE_TAIL);
    }
}
