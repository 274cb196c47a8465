package org.huying.county;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Types the same thing now so and now so. */
final class Typist {
    private static final double OTHERWISE = 0.15;

    private static final List<DateTimeFormatter> DATES = formats(
            "yyyy-MM-dd", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd", "yyyy/M/d", "yyyy 年 M 月 d 日", "yyyy-MM-dd 00:00:00");
    private static final List<String> DOTS = List.of("•", "‧", "・", "●", "･", "⋅");
    private static final List<String> DASHES = List.of("—", "–", "－", "−", "‐", "--");
    private static final List<String> INVISIBLE = List.of("\u200b", "\ufeff", "\u200d", "\u00ad");
    private static final List<String> YES = List.of("是", "已核实", "√", "Y", "已核验", "１");
    private static final List<String> NO = List.of("否", "未核实", "", "N", "0");

    private final Chance chance;

    Typist(Chance chance) {
        this.chance = chance;
    }

    String name(String name) {
        var text = name.contains("·") && chance.in(0.6) ? name.replace("·", chance.of(DOTS)) : name;
        if (!chance.in(OTHERWISE)) {
            return text;
        }
        return switch (chance.below(4)) {
            case 0 -> text.length() == 2 ? text.charAt(0) + "　" + text.charAt(1) : " " + text + "\u00a0";
            case 1 -> text.substring(0, 1) + " " + text.substring(1);
            case 2 -> text.substring(0, 1) + chance.of(INVISIBLE) + text.substring(1);
            default -> text + chance.of(INVISIBLE);
        };
    }

    String phone(String phone) {
        if (!chance.in(2 * OTHERWISE)) {
            return phone;
        }
        var parted = List.of(phone.substring(0, 3), phone.substring(3, 7), phone.substring(7));
        return switch (chance.below(6)) {
            case 0 -> "+86" + phone;
            case 1 -> "+86 " + String.join("-", parted);
            case 2 -> String.join(" ", parted);
            case 3 -> String.join("-", parted);
            case 4 -> wide(phone);
            default -> "0086-" + phone + chance.of(INVISIBLE);
        };
    }

    /** Also of a village. */
    String address(String address) {
        if (!chance.in(OTHERWISE)) {
            return address;
        }
        return switch (chance.below(5)) {
            case 0 -> wide(address);
            case 1 -> address.replace("-", chance.of(DASHES));
            case 2 -> address.replace("-", " - ");
            case 3 -> address.toLowerCase(Locale.ROOT) + " ";
            default -> address.substring(0, 1) + chance.of(INVISIBLE) + address.substring(1);
        };
    }

    String date(LocalDate date) {
        var text = date.format(chance.of(DATES));
        return chance.in(OTHERWISE / 2) ? wide(text) : text;
    }

    String answer(boolean yes) {
        return chance.of(yes ? YES : NO);
    }

    static String wide(String text) {
        return text.chars()
                .map(c -> c > ' ' && c <= '~' ? c - '!' + '！' : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static List<DateTimeFormatter> formats(String... patterns) {
        return Arrays.stream(patterns).map(DateTimeFormatter::ofPattern).toList();
    }
}
