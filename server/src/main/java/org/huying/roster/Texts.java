package org.huying.roster;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.huying.kernel.Role;

/** What people and spreadsheets write for dates, numbers, yes and no. */
final class Texts {
    private static final Pattern PARTS = Pattern.compile("(\\d{4})[-/.年](\\d{1,2})[-/.月](\\d{1,2})日?(?:[T ].*)?");
    private static final Pattern RUN = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})");

    /** Days since the end of 1899, as spreadsheets count; four digits would be a year. */
    private static final Pattern SERIAL = Pattern.compile("\\d{5}");

    private static final LocalDate SERIAL_ZERO = LocalDate.of(1899, 12, 30);

    /** What is left of a number once a spreadsheet has shown it too narrowly. */
    private static final Pattern ROUNDED = Pattern.compile("\\d(\\.\\d+)?E\\+?\\d+", Pattern.CASE_INSENSITIVE);

    private static final Map<String, Boolean> ANSWERS = Map.ofEntries(
            Map.entry("", false),
            Map.entry("否", false),
            Map.entry("未核验", false),
            Map.entry("no", false),
            Map.entry("n", false),
            Map.entry("false", false),
            Map.entry("0", false),
            Map.entry("是", true),
            Map.entry("已核验", true),
            Map.entry("√", true),
            Map.entry("yes", true),
            Map.entry("y", true),
            Map.entry("true", true),
            Map.entry("1", true));

    private static final Map<String, String> RELATIONS = Map.of(
            "", "family", "家属", "family", "家庭成员", "family", "family", "family", "业主", "owner", "户主", "owner", "owner",
            "owner", "租户", "tenant", "租客", "tenant", "tenant", "tenant");

    private static final Map<String, Role> ROLES = Map.ofEntries(
            Map.entry("管理员", Role.ADMIN),
            Map.entry("督办员", Role.SUPERVISOR),
            Map.entry("监管员", Role.SUPERVISOR),
            Map.entry("网格员", Role.GRID_MEMBER),
            Map.entry("热线坐席", Role.HOTLINE_AGENT),
            Map.entry("热线员", Role.HOTLINE_AGENT),
            Map.entry("派单员", Role.DISPATCHER),
            Map.entry("调度员", Role.DISPATCHER),
            Map.entry("维修工", Role.WORKER),
            Map.entry("处理人员", Role.WORKER),
            Map.entry("食堂操作员", Role.CANTEEN_OPERATOR),
            Map.entry("助餐员", Role.CANTEEN_OPERATOR));

    /** Longer than any number that a spreadsheet writes; the time that it takes to read one grows with its square. */
    private static final int NUMBER_MAX = 64;

    private Texts() {}

    /** A number as it was meant: no exponent, no zeros behind the point. Anything else as it is. */
    static String digits(String raw) {
        if (raw.length() > NUMBER_MAX) {
            return raw;
        }
        try {
            var number = new BigDecimal(raw);
            return Math.abs(number.scale()) > 20
                    ? raw
                    : number.stripTrailingZeros().toPlainString();
        } catch (NumberFormatException notANumber) {
            return raw;
        }
    }

    static boolean isRounded(String text) {
        return ROUNDED.matcher(plain(text)).matches();
    }

    static Optional<LocalDate> date(String text) {
        var plain = Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
        for (var pattern : new Pattern[] {PARTS, RUN}) {
            var parts = pattern.matcher(plain);
            if (parts.matches()) {
                return date(
                        Integer.parseInt(parts.group(1)),
                        Integer.parseInt(parts.group(2)),
                        Integer.parseInt(parts.group(3)));
            }
        }
        return SERIAL.matcher(plain).matches()
                ? Optional.of(SERIAL_ZERO.plusDays(Integer.parseInt(plain)))
                : Optional.empty();
    }

    private static Optional<LocalDate> date(int year, int month, int day) {
        try {
            return Optional.of(LocalDate.of(year, month, day));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    static Optional<Boolean> answer(String text) {
        return Optional.ofNullable(ANSWERS.get(plain(text)));
    }

    /** A relation to a household, in the words of the service. */
    static Optional<String> relation(String text) {
        return Optional.ofNullable(RELATIONS.get(plain(text)));
    }

    static Optional<Role> role(String text) {
        var plain = plain(text);
        for (var role : Role.values()) {
            if (role != Role.RESIDENT && role.code().equals(plain)) {
                return Optional.of(role);
            }
        }
        return Optional.ofNullable(ROLES.get(plain));
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .replaceAll("\\s", "")
                .toLowerCase(Locale.ROOT);
    }
}
