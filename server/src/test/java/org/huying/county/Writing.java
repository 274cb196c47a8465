package org.huying.county;

import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.huying.county.Entry.Slip;
import org.huying.county.Paper.Cell;
import org.huying.county.Paper.Form;
import org.huying.county.Registers.HomeEntry;
import org.jspecify.annotations.Nullable;

/** Writes registers down. */
final class Writing {
    private static final String LIKE_A_DATE = "[1-9]-(1[0-2]|[1-9])-(1\\d|2[0-8]|[1-9])";
    private static final List<String> BY_HOUSEHOLD =
            List.of("序号", "社区", "小区", "楼栋-单元-室", "与户主关系", "姓名", "出生日期", "证件核验", "电话", "同意说明");
    private static final List<String> OF_ELDERS = List.of("姓名 ", "出生年月日", "联系电话", "所属社区", "小区名称", "地址", "证件核验", "同意说明");

    private final Chance chance;
    private final County county;
    private final Typist typist;

    Writing(Chance chance, County county) {
        this.chance = chance;
        this.county = county;
        this.typist = new Typist(chance);
    }

    boolean canSlip(Entry entry, Slip slip, Form form) {
        var home = entry.said().home();
        return switch (slip) {
            case ADDRESS_BECAME_DATE -> home != null && home.address().matches(LIKE_A_DATE);
            case NUMBER_ROUNDED -> entry.said().phone() != null;
            case NO_NUMBER -> home != null && entry.said().phone() == null;
            case VILLAGE_AMBIGUOUS -> home != null && !form.isWorkbook() && county.isAmbiguous(home.village());
            default -> true;
        };
    }

    Register<Entry> residents(String name, List<Entry> entries, Form form, boolean byHousehold) {
        var lines = new ArrayList<List<Cell>>();
        for (var entry : entries) {
            lines.add(byHousehold ? ofHousehold(lines.size() + 1, entry, form) : ofElder(entry, form));
        }
        var paper = new Paper(
                List.of(byHousehold ? "青禾县居民花名册" : "六十岁以上老年人名单", "填报单位：民政办"),
                byHousehold ? BY_HOUSEHOLD : OF_ELDERS,
                lines,
                List.of("共 " + entries.size() + " 人", "制表人：丁小禾"));
        var rows = new TreeMap<Integer, Entry>();
        for (int i = 0; i < entries.size(); i++) {
            rows.put(paper.number(i), entries.get(i));
        }
        return new Register<>(name, Buffer.buffer(paper.in(form)), rows);
    }

    private List<Cell> ofHousehold(int number, Entry entry, Form form) {
        var cells = new ArrayList<Cell>();
        cells.add(Cell.of(Integer.toString(number)));
        cells.addAll(home(entry));
        cells.add(Cell.of(entry.about().relation()));
        cells.add(Cell.of(typist.name(entry.said().name())));
        cells.add(birthDate(entry, form));
        cells.add(Cell.of(typist.answer(entry.isSeen())));
        cells.add(Cell.of(phone(entry)));
        cells.add(Cell.of(entry.consent()));
        return cells;
    }

    private List<Cell> ofElder(Entry entry, Form form) {
        var cells = new ArrayList<Cell>();
        cells.add(Cell.of(typist.name(entry.said().name())));
        cells.add(birthDate(entry, form));
        cells.add(Cell.of(phone(entry)));
        cells.addAll(home(entry));
        cells.add(Cell.of(typist.answer(entry.isSeen())));
        cells.add(Cell.of(entry.consent()));
        return cells;
    }

    private List<Cell> home(Entry entry) {
        var home = entry.said().home();
        var slip = entry.slip();
        if (home == null || slip == Slip.NEITHER_NUMBER_NOR_HOME) {
            return List.of(Cell.of(""), Cell.of(""), Cell.of(""));
        }
        var village = home.village();
        if (slip == Slip.VILLAGE_AMBIGUOUS || slip == Slip.ADDRESS_BECAME_DATE) {
            var became = home.address().split("-", -1);
            return List.of(
                    Cell.of(
                            slip == Slip.VILLAGE_AMBIGUOUS
                                    ? ""
                                    : village.community().name()),
                    Cell.of(village.name()),
                    Cell.of(
                            slip == Slip.VILLAGE_AMBIGUOUS
                                    ? home.address()
                                    : LocalDate.of(
                                                    2000 + Integer.parseInt(became[0]),
                                                    Integer.parseInt(became[1]),
                                                    Integer.parseInt(became[2]))
                                            .toString()));
        }
        return List.of(
                Cell.of(village.community().name(), village.community()),
                Cell.of(typist.address(village.name()), village),
                Cell.of(typist.address(home.address()), home));
    }

    private String phone(Entry entry) {
        var phone = entry.said().phone();
        var slip = entry.slip();
        if (slip == Slip.NO_NUMBER) {
            return chance.of(List.of("无", "/", "不详", "—"));
        }
        if (phone == null || slip == Slip.NEITHER_NUMBER_NOR_HOME) {
            return "";
        }
        return slip == Slip.NUMBER_ROUNDED
                ? phone.charAt(0) + "." + phone.substring(1, 6) + "E+10"
                : typist.phone(phone);
    }

    private Cell birthDate(Entry entry, Form form) {
        var date = entry.said().birthDate();
        var slip = entry.slip();
        var month = date.getYear() + "年" + date.getMonthValue() + "月";
        @Nullable
        String said = switch (slip == null ? Slip.NO_NUMBER : slip) {
            case NO_DAY ->
                form.isWorkbook() ? null : chance.of(List.of(month, date.getYear() + "." + date.getMonthValue()));
            case NO_SUCH_DAY -> date.getYear() + "年2月30日";
            case OTHER_CALENDAR -> month + date.getDayOfMonth() + "日（农历）";
            case TWO_DATES -> typist.date(date) + "或" + typist.date(date.plusDays(10));
            case TWO_DIGITS_OF_A_YEAR -> date.toString().substring(2).replace('-', '.');
            default -> typist.date(date);
        };
        if (said == null) {
            return new Cell("", date.withDayOfMonth(1), 2, null);
        }
        return (slip == null || isReadable(slip)) && form.isWorkbook() && chance.in(0.7)
                ? new Cell(said, date, 1, null)
                : Cell.of(said);
    }

    private static boolean isReadable(Slip slip) {
        return switch (slip) {
            case NO_DAY, NO_SUCH_DAY, OTHER_CALENDAR, TWO_DATES, TWO_DIGITS_OF_A_YEAR -> false;
            default -> true;
        };
    }

    /** Of most villages in a workbook with merged cells, then of the others; and what could not be read of them. */
    List<Register<HomeEntry>> households() {
        var homes = county.homes();
        int part = homes.size() * 2 / 3;
        var all = new ArrayList<Register<HomeEntry>>();
        all.addAll(households("households", homes.subList(0, part), Form.WORKBOOK));
        // the second knows some of the first, each in its own spelling
        all.addAll(households("more households", homes.subList(part - part / 20, homes.size()), Form.GB18030));
        return all;
    }

    private List<Register<HomeEntry>> households(String name, List<Home> homes, Form form) {
        var entries = new ArrayList<HomeEntry>();
        int slips = 1 + homes.size() / 500;
        for (var home : homes) {
            var isSlip = slips > 0 && home.address().matches(LIKE_A_DATE);
            slips -= isSlip ? 1 : 0;
            entries.add(new HomeEntry(home, isSlip));
        }
        var again = entries.stream()
                .filter(HomeEntry::isSlip)
                .map(each -> new HomeEntry(each.home(), false))
                .toList();
        return List.of(written(name, entries, form), written(name + ", corrected", again, Form.UTF8_SEMICOLONS));
    }

    private Register<HomeEntry> written(String name, List<HomeEntry> entries, Form form) {
        var lines = new ArrayList<List<Cell>>();
        for (var entry : entries) {
            var asSaid = new Entry.Said("", county.today(), null, entry.home());
            var slip = entry.isSlip() ? Slip.ADDRESS_BECAME_DATE : null;
            lines.add(home(new Entry(0, county.people().get(0), asSaid, false, slip, Entry.Like.FIRST)));
        }
        var paper = new Paper(
                List.of("住户清单"), List.of("社区", "小区", "楼栋-单元-室"), lines, List.of("合计：" + entries.size() + "户"));
        Map<Integer, HomeEntry> rows = new TreeMap<>();
        for (int i = 0; i < entries.size(); i++) {
            rows.put(paper.number(i), entries.get(i));
        }
        return new Register<>(name, Buffer.buffer(paper.in(form)), rows);
    }
}
