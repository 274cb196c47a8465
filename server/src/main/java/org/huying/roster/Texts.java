package org.huying.roster;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.huying.kernel.Role;
import org.huying.kernel.spelling.Typed;

/** What people and spreadsheets write for dates, numbers, yes and no. */
final class Texts {
    /** A time behind it is a spreadsheet's; words behind it, such as of another calendar, make it another day. */
    private static final String TIME = "(?:[T ]\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?Z?)?";

    private static final List<Pattern> DATES = List.of(
            Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})" + TIME),
            Pattern.compile("(\\d{4})/(\\d{1,2})/(\\d{1,2})" + TIME),
            Pattern.compile("(\\d{4})\\.(\\d{1,2})\\.(\\d{1,2})" + TIME),
            Pattern.compile("(\\d{4}) ?年 ?(\\d{1,2}) ?月 ?(\\d{1,2}) ?[日号]?" + TIME),
            Pattern.compile("(\\d{4})(\\d{2})(\\d{2})"));

    private static final String MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)";

    /** What spreadsheets show where 3-1-12, 1-12 or 3/1 was typed. */
    private static final Pattern MADE_A_DATE = Pattern.compile(
            "(?:19|20)\\d{2}([-/.])(?:0?[1-9]|1[0-2])\\1(?:0?[1-9]|[12]\\d|3[01])" + TIME
                    + "|(?:(?:19|20)\\d{2}年)?(?:0?[1-9]|1[0-2])月(?:(?:0?[1-9]|[12]\\d|3[01])日)?|(?:19|20)\\d{2}年(?:0?[1-9]|1[0-2])月"
                    + "|(?:0?[1-9]|[12]\\d|3[01])/(?:0?[1-9]|[12]\\d|3[01])/(?:19|20)\\d{2}"
                    + "|\\d{1,2}-" + MONTH + "(?:-\\d{2,4})?|" + MONTH + "-\\d{2,4}",
            Pattern.CASE_INSENSITIVE);

    /** Days since the end of 1899, as spreadsheets count; four digits would be a year. */
    private static final Pattern SERIAL = Pattern.compile("[0-9]{5}");

    /** Longer is no date. */
    private static final int DATE_MAX = 40;

    private static final LocalDate SERIAL_ZERO = LocalDate.of(1899, 12, 30);

    /** What is left of a number once a spreadsheet has shown it too narrowly. */
    private static final Pattern ROUNDED = Pattern.compile("\\d(\\.\\d+)?E\\+?\\d+", Pattern.CASE_INSENSITIVE);

    private static final Set<String> NO = Set.of(
            "", "否", "无", "未", "没有", "不是", "未核验", "未核实", "未验", "未验证", "no", "n", "false", "0", "✗", "✘", "❌", "☐", "□");

    private static final Set<String> YES = Set.of(
            "是", "有", "对", "已", "已核验", "已核实", "核实", "已核", "已验", "已验证", "已确认", "yes", "y", "true", "1", "√", "✓", "✔",
            "☑", "✅", "🗸", "🗹");

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

    private Texts() {}

    static boolean isRounded(String text) {
        return ROUNDED.matcher(Typed.keyword(text)).matches();
    }

    static Optional<LocalDate> date(String text) {
        if (text.length() > DATE_MAX) {
            return Optional.empty();
        }
        var plain = ofOneWidth(text);
        for (var pattern : DATES) {
            var parts = pattern.matcher(plain);
            if (parts.matches()) {
                return date(
                        Integer.parseInt(parts.group(1)),
                        Integer.parseInt(parts.group(2)),
                        Integer.parseInt(parts.group(3)));
            }
        }
        return isSerial(plain) ? Optional.of(SERIAL_ZERO.plusDays(Integer.parseInt(plain))) : Optional.empty();
    }

    static boolean isSerial(String text) {
        return SERIAL.matcher(text).matches();
    }

    /** Whether it is what a spreadsheet makes of something else that looks like a date to it. */
    static boolean isMadeADate(String text) {
        return text.length() <= DATE_MAX
                && MADE_A_DATE.matcher(ofOneWidth(text)).matches();
    }

    private static Optional<LocalDate> date(int year, int month, int day) {
        try {
            return Optional.of(LocalDate.of(year, month, day));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    static Optional<Boolean> answer(String text) {
        var plain = Typed.keyword(text);
        return YES.contains(plain) || NO.contains(plain) ? Optional.of(YES.contains(plain)) : Optional.empty();
    }

    /** A relation to a household, in the words of the service. */
    static Optional<String> relation(String text) {
        return Relations.role(Typed.keyword(text));
    }

    static Optional<Role> role(String text) {
        var plain = Typed.keyword(text);
        for (var role : Role.values()) {
            if (role != Role.RESIDENT && role.code().equals(plain)) {
                return Optional.of(role);
            }
        }
        return Optional.ofNullable(ROLES.get(plain));
    }

    /** As spreadsheets write dates and numbers, with the blanks and signs that they have. */
    private static String ofOneWidth(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
    }
}
