package org.huying.audit;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One block of figures by name, such as {@code rate} or {@code broken.reopened}; a rate of nothing is no number. */
public record Figures(Map<String, Double> values) {
    private static final double Z = 1.959963984540054;
    private static final double ROUNDING = 1e-9;
    private static final List<String> MAPS = List.of("excluded", "broken");

    static Figures of(List<Judged> judged, Predicate<Judged> which) {
        var counted = judged.stream().filter(which).toList();
        var values = new TreeMap<String, Double>();
        for (var verdict : List.of("excluded", "broken")) {
            counted.stream()
                    .filter(each -> each.verdict().equals(verdict))
                    .collect(Collectors.groupingBy(Judged::cause, Collectors.counting()))
                    .forEach((cause, n) -> values.put(verdict + "." + cause, (double) n));
        }
        var provisional = count(counted, "provisional");
        var numerator = count(counted, "one_time");
        var denominator = numerator + count(counted, "broken");
        var matured = denominator + count(counted, "excluded");
        var overdue = count(counted, "overdue_unresolved");
        var confirmed = (double) counted.stream().filter(Judged::confirmed).count();
        values.put("cohort", provisional + matured);
        values.put("provisional", provisional);
        values.put("matured", matured);
        values.put("denominator", denominator);
        values.put("numerator", numerator);
        values.put("confirmedNumerator", confirmed);
        values.put("overdueUnresolved", overdue);
        values.put("withdrawn", count(counted, "withdrawn"));
        values.put("duplicate", count(counted, "duplicate"));
        rate(values, "rate", numerator, denominator);
        rate(values, "confirmedRate", confirmed, denominator);
        rate(values, "rateWorst", numerator, denominator + overdue);
        wilson(values, numerator, denominator);
        return new Figures(values);
    }

    /** A block of the service's answer. */
    static Figures read(JsonObject block) {
        var values = new TreeMap<String, Double>();
        block.forEach(each -> {
            if (each.getValue() instanceof Number number) {
                values.put(each.getKey(), number.doubleValue());
            }
        });
        for (var map : MAPS) {
            block.getJsonObject(map)
                    .forEach(each -> values.put(map + "." + each.getKey(), ((Number) each.getValue()).doubleValue()));
        }
        return new Figures(values);
    }

    /** The value of that name; null if there is none. */
    public @Nullable Double get(String name) {
        return values.get(name);
    }

    /** The value of that name as a reader expects it: whole tickets, ten digits of a rate, nothing where there is none. */
    String shown(String name) {
        var value = name.contains(".") ? values.getOrDefault(name, 0.0) : values.get(name);
        if (value == null) {
            return "-";
        }
        return name.startsWith("rate") || name.endsWith("Rate")
                ? "%.10f".formatted(value)
                : Long.toString(Math.round(value));
    }

    /** All names that either has. */
    Stream<String> namesWith(Figures other) {
        var names = new TreeSet<>(values.keySet());
        names.addAll(other.values.keySet());
        return names.stream();
    }

    /** Whether both have the same there. A cause that nothing had need not be listed. */
    boolean agreesWith(Figures other, String name) {
        var listed = name.contains(".");
        var mine = listed ? values.getOrDefault(name, 0.0) : values.get(name);
        var others = listed ? other.values.getOrDefault(name, 0.0) : other.values.get(name);
        return (mine == null || others == null) ? mine == null && others == null : Math.abs(mine - others) < ROUNDING;
    }

    private static double count(List<Judged> judged, String verdict) {
        return judged.stream().filter(each -> each.verdict().equals(verdict)).count();
    }

    private static void rate(Map<String, Double> values, String name, double part, double whole) {
        if (whole > 0) {
            values.put(name, part / whole);
        }
    }

    /** The score interval at 95 %, from the roots of (p - x)² = z² x (1 - x) / n. */
    private static void wilson(Map<String, Double> values, double numerator, double n) {
        if (n > 0) {
            var p = numerator / n;
            var a = 1 + Z * Z / n;
            var b = -(2 * p + Z * Z / n);
            var root = Math.sqrt(Math.max(0, b * b - 4 * a * p * p));
            values.put("rateLow", numerator == 0 ? 0 : (-b - root) / (2 * a));
            values.put("rateHigh", numerator == n ? 1 : (-b + root) / (2 * a));
        }
    }
}
