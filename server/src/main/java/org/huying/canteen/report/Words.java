package org.huying.canteen.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.huying.canteen.Mode;
import org.huying.canteen.Period;

/** How things are said on paper. */
final class Words {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy年M月d日", Locale.SIMPLIFIED_CHINESE);
    private static final DateTimeFormatter WEEKDAY = DateTimeFormatter.ofPattern("EEEE", Locale.SIMPLIFIED_CHINESE);
    private static final Map<Period, String> PERIODS =
            Map.of(Period.BREAKFAST, "早餐", Period.LUNCH, "午餐", Period.DINNER, "晚餐");
    private static final Map<Mode, String> MODES = Map.of(Mode.DINE_IN, "堂食", Mode.PICKUP, "自取", Mode.DELIVERY, "送餐");
    private static final Map<String, String> TAGS =
            Map.of("soft", "软烂", "low_salt", "低盐", "diabetic", "控糖", "halal", "清真");
    private static final Map<String, String> ALLERGENS = Map.of(
            "egg",
            "蛋",
            "gluten",
            "麸质",
            "fish",
            "鱼",
            "nuts",
            "坚果",
            "soy",
            "大豆",
            "milk",
            "奶",
            "peanut",
            "花生",
            "shellfish",
            "甲壳类");
    private static final int FEN_DIGITS = 2;

    private Words() {}

    static String day(LocalDate date) {
        return DAY.format(date);
    }

    static String weekday(LocalDate date) {
        return WEEKDAY.format(date);
    }

    static String period(Period period) {
        return Objects.requireNonNull(PERIODS.get(period));
    }

    static String mode(Mode mode) {
        return Objects.requireNonNull(MODES.get(mode));
    }

    /** What is not known by a word stays what it is. */
    static String tag(String tag) {
        return TAGS.getOrDefault(tag, tag);
    }

    /** What is not known by a word stays what it is. */
    static String allergen(String allergen) {
        return ALLERGENS.getOrDefault(allergen, allergen);
    }

    static BigDecimal yuan(long fen) {
        return BigDecimal.valueOf(fen, FEN_DIGITS);
    }
}
