package org.huying.roster;

import java.util.List;
import java.util.Locale;
import org.huying.roster.workbook.Cell;
import org.jspecify.annotations.Nullable;

/** What a column of a file says, by the headings that offices write over it. */
enum Column {
    COMMUNITY("社区", "所属社区", "community"),
    COMPOUND("小区", "小区名称", "小区/网格", "compound"),
    ADDRESS("楼栋-单元-室", "地址", "楼栋单元室", "address"),
    NAME("姓名", "name"),
    BIRTH_DATE("出生日期", "出生年月日", "birthdate"),
    VERIFIED("证件核验", "birthdateverified"),
    PHONE("电话", "手机", "手机号", "联系电话", "phone"),
    RELATION("与户主关系", "住户角色", "角色", "householdrole"),
    CONSENT("同意说明", "consentnote"),
    USERNAME("用户名", "username"),
    ROLE("角色", "role"),
    SCOPE("范围", "scope");

    @SuppressWarnings("ImmutableEnumChecker") // a list of List.of
    private final List<String> headings;

    Column(String... headings) {
        this.headings = List.of(headings);
    }

    /** The name in the contract. */
    String code() {
        return switch (this) {
            case BIRTH_DATE -> "birthDate";
            case CONSENT -> "consentNote";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }

    /** As an office's own files have it. */
    String heading() {
        return headings.get(0);
    }

    /** Why nothing can be made of a cell of this column, though something stands in it; else null. */
    @Nullable
    String slip(Cell cell, String text) {
        if (cell.slip() != null) {
            return cell.slip();
        }
        return switch (this) {
            // whoever types a month gets its first day
            case BIRTH_DATE -> cell.isDate() && !cell.hasDay() && isFirst(cell) ? "birth_date_without_day" : null;
            case CONSENT -> null;
            default -> cell.isDate() || Texts.isMadeADate(text) ? "cell_became_date" : null;
        };
    }

    private static boolean isFirst(Cell cell) {
        var date = cell.date();
        return date != null && date.getDayOfMonth() == 1;
    }

    /** A day by its number is one of the calendar that its workbook counts by. */
    String reads(Cell cell, String text) {
        var date = cell.date();
        return this == BIRTH_DATE && date != null && Texts.isSerial(text) ? date.toString() : text;
    }

    /** @param plain without blanks, in small letters */
    boolean isHeadedBy(String plain) {
        return headings.contains(plain);
    }
}
