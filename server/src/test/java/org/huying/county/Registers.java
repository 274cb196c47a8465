package org.huying.county;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.huying.county.Entry.Like;
import org.huying.county.Entry.Slip;
import org.huying.county.Paper.Form;

/** What the offices of a county keep, and hand in one after another: each in the program it has, with its slips and doubles. */
public final class Registers {
    private static final List<Form> OF_TOWNS = List.of(Form.GB18030, Form.STRICT_WORKBOOK, Form.UTF8_SEMICOLONS);
    private static final double OF_TOWNS_THEMSELVES = 0.1;
    private static final double FORGOTTEN = 0.02;
    private static final double SLIPS = 0.006;

    /** Of all lines of the first register, by kind, and of the elders' list. */
    private static final double WITHIN = 0.002;

    private static final Map<Like, Double> AMONG_ELDERS = new EnumMap<>(Map.of(
            Like.MOVED, 0.03,
            Like.BIRTH_DATE_AT_HOME, 0.02,
            Like.BIRTH_DATE_WITH_NUMBER, 0.006,
            Like.NAME_WITH_NUMBER, 0.015,
            Like.NAME_AT_HOME, 0.006,
            Like.BIRTH_DATE_ALONE, 0.005));

    /** A household of a register. */
    public record HomeEntry(Home home, boolean isSlip) {}

    private final County county;
    private final Chance chance;
    private final Copies copies;
    private final Writing writing;
    private final Map<Integer, Entry> firsts = new HashMap<>();
    private final List<Register<Entry>> residents = new ArrayList<>();
    private final List<Register<HomeEntry>> households;

    public Registers(County county, long seed) {
        this.county = county;
        this.chance = new Chance(seed);
        this.copies = new Copies(chance, county);
        this.writing = new Writing(chance, county);
        this.households = writing.households();
        makeHouseholdRegisters();
        makeElders();
    }

    public List<Register<HomeEntry>> households() {
        return households;
    }

    /** In the order in which they come; each is followed by what could not be read of it, corrected. The first is the largest. */
    public List<Register<Entry>> residents() {
        return residents;
    }

    private void makeHouseholdRegisters() {
        int towns = OF_TOWNS.size();
        var parts = new ArrayList<List<Entry>>();
        for (int i = 0; i <= towns; i++) {
            parts.add(new ArrayList<>());
        }
        for (var village : county.villages()) {
            var ownRegister = chance.in(OF_TOWNS_THEMSELVES);
            var part = parts.get(ownRegister ? 1 + chance.below(towns) : 0);
            for (var person : county.people()) {
                if (person.home().village().equals(village) && !isForgotten(person)) {
                    var first = copies.first(person, chance.in(0.85), chance.in(0.2));
                    firsts.put(person.number(), first);
                    part.add(first);
                }
            }
        }
        for (int i = 0; i <= towns; i++) {
            var own = List.copyOf(parts.get(i));
            if (i == 0) {
                var count = Math.max(1, (int) (own.size() * WITHIN));
                EnumSet.range(Like.SAME, Like.BIRTH_DATE_ALONE).forEach(like -> add(parts.get(0), own, like, count));
            }
            var form = i == 0 ? Form.WORKBOOK_OF_1904 : OF_TOWNS.get(i - 1);
            handIn(i == 0 ? "the county's register" : "a town's register " + i, parts.get(i), form, true);
        }
    }

    private boolean isForgotten(Person person) {
        return county.age(person) >= 60 && chance.in(FORGOTTEN);
    }

    private void makeElders() {
        var known = new ArrayList<Entry>();
        var lines = new ArrayList<Entry>();
        for (var person : county.people()) {
            if (county.age(person) >= 60) {
                var first = firsts.get(person.number());
                if (first == null) {
                    lines.add(copies.first(person, true, true));
                } else if (chance.in(0.9)) {
                    known.add(first);
                }
            }
        }
        var rest = new ArrayList<>(chance.shuffled(known));
        AMONG_ELDERS.forEach((like, share) -> {
            int count = Math.max(2, (int) (known.size() * share));
            for (var each : List.copyOf(rest)) {
                var copy = count > 0 ? copies.like(each, like, chance.in(0.85)) : Optional.<Entry>empty();
                if (copy.isPresent()) {
                    lines.add(copy.get());
                    rest.remove(each);
                    count--;
                }
            }
        });
        rest.forEach(each -> copies.like(each, Like.SAME, chance.in(0.85)).ifPresent(lines::add));
        handIn("the elders' list", lines, Form.UTF16_TABS, false);
    }

    private void add(List<Entry> to, List<Entry> from, Like like, int count) {
        int left = count;
        for (var each : chance.shuffled(from)) {
            var copy = left > 0 ? copies.like(each, like, chance.in(0.2)) : Optional.<Entry>empty();
            if (copy.isPresent()) {
                to.add(copy.get());
                left--;
            }
        }
    }

    /** With some slips, which come again in a second file. */
    private void handIn(String name, List<Entry> lines, Form form, boolean byHousehold) {
        var left = new ArrayList<Slip>();
        for (var slip : Slip.values()) {
            for (int i = 0; i < Math.max(1, (int) (lines.size() * SLIPS / Slip.values().length)); i++) {
                left.add(slip);
            }
        }
        var typed = new ArrayList<Entry>();
        for (var line : chance.shuffled(lines)) {
            var slip = left.stream()
                    .filter(each -> writing.canSlip(line, each, form))
                    .findFirst();
            slip.ifPresent(left::remove);
            typed.add(slip.map(line::slipped).orElse(line));
        }
        if (byHousehold) {
            var order = new HashMap<Home, Integer>();
            county.homes().forEach(each -> order.put(each, order.size()));
            typed.sort(
                    Comparator.comparing(each -> order.getOrDefault(each.said().home(), order.size())));
        }
        residents.add(writing.residents(name, typed, form, byHousehold));
        var again = typed.stream()
                .filter(each -> each.slip() != null)
                .map(each -> each.corrected(copies.nextMark()))
                .toList();
        residents.add(writing.residents(name + ", corrected", again, Form.GB18030, byHousehold));
    }

    /** All lines about somebody, in the order in which they come. */
    public Map<Integer, List<Entry>> byPerson() {
        var all = new TreeMap<Integer, List<Entry>>();
        residents.forEach(register -> register.rows()
                .values()
                .forEach(each -> all.computeIfAbsent(each.about().number(), number -> new ArrayList<>())
                        .add(each)));
        return all;
    }
}
