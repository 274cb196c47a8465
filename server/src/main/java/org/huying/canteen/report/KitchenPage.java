package org.huying.canteen.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.huying.canteen.MealView;
import org.huying.canteen.Mode;
import org.huying.canteen.Period;
import org.huying.kernel.spelling.Shapes;
import org.jspecify.annotations.Nullable;

/** A kitchen sheet to print and to put on the wall: one part for the kitchen, one for the counter, one for who delivers. */
final class KitchenPage {
    static final String MEDIA_TYPE = "text/html";
    /** Nothing runs in it and nothing is fetched, whatever a name may say. */
    static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

    private static final String STYLE = style();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("M月d日 HH:mm", Locale.SIMPLIFIED_CHINESE);

    private final KitchenSheet sheet;
    private final ZoneId zone;

    KitchenPage(KitchenSheet sheet, ZoneId zone) {
        this.sheet = sheet;
        this.zone = zone;
    }

    String html() {
        var meal = sheet.meal();
        var period = Words.period(Period.of(meal.period()));
        var title = escaped(sheet.canteenName()) + " " + Words.day(meal.date()) + " " + period + "备餐单";
        return """
                <!DOCTYPE html>
                <html lang="zh-CN">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body>
                %s%s%s%s</body>
                </html>
                """.formatted(title, STYLE, head(period), kitchen(), counter(), deliveries());
    }

    private String head(String period) {
        var meal = sheet.meal();
        return """
                <header>
                <p class="canteen">%s</p>
                <h1>%s <span>%s</span> <b>%s</b></h1>
                <p class="times">%s订餐截止 %s，供餐至 %s</p>
                </header>
                """.formatted(
                        escaped(sheet.canteenName()),
                        Words.day(meal.date()),
                        Words.weekday(meal.date()),
                        period,
                        state(meal),
                        time(meal.cutoffAt()),
                        time(meal.servingEndsAt()));
    }

    private static String state(MealView meal) {
        return switch (meal.status()) {
            case "draft" -> "<strong>草稿，尚未发布</strong> · ";
            case "cancelled" -> "<strong>本餐已取消</strong> · ";
            case "closed" -> "<strong>已结束</strong> · ";
            default -> "";
        };
    }

    private String kitchen() {
        var modes = List.of(Mode.values()).stream()
                .map(mode -> {
                    var count = Objects.requireNonNull(sheet.byMode().get(mode.code()));
                    return "<li><span>%s</span><b>%d</b><small>份 · %d 单</small></li>\n"
                            .formatted(Words.mode(mode), count.portions(), count.bookings());
                })
                .collect(Collectors.joining());
        return """
                <section class="kitchen">
                <ul class="totals">
                <li class="all"><span>共备</span><b>%d</b><small>份 · %d 单</small></li>
                %s</ul>
                %s%s</section>
                """.formatted(sheet.portions(), sheet.bookings(), modes, dishes(), tags());
    }

    private String dishes() {
        if (sheet.byDish().isEmpty()) {
            return "";
        }
        return table("dishes", List.of("菜品", "份数", "标签", "过敏原"), sheet.byDish(), dish -> """
                <tr><td class="name">%s</td><td class="figure">%d</td><td>%s</td><td class="warn">%s</td></tr>
                """.formatted(
                        escaped(dish.name()),
                        dish.portions(),
                        marks(dish.tags(), Words::tag),
                        marks(dish.allergens(), Words::allergen)));
    }

    private String tags() {
        if (sheet.byTag().isEmpty()) {
            return "";
        }
        var items = sheet.byTag().stream()
                .map(tag -> "<li><span>%s</span><b>%d</b><small>份</small></li>\n"
                        .formatted(escaped(Words.tag(tag.tag())), tag.portions()))
                .collect(Collectors.joining());
        return "<h2>按标签</h2>\n<ul class=\"totals tags\">\n" + items + "</ul>\n";
    }

    private String counter() {
        if (sheet.atCounter().isEmpty()) {
            return "";
        }
        var table =
                table("orders", List.of("", "取餐码", "姓名", "方式", "份数", "菜品"), sheet.atCounter(), order -> """
                <tr>%s<td class="code">%s</td><td class="name">%s</td><td class="mode">%s</td>\
                <td class="figure">%d</td><td>%s</td></tr>
                """.formatted(
                                box(order),
                                escaped(order.code()),
                                escaped(order.dinerName()),
                                Words.mode(Mode.of(order.mode())),
                                order.portions(),
                                ordered(order)));
        return section("堂食与自取", sheet.atCounter().size(), table);
    }

    private String deliveries() {
        if (sheet.deliveries().isEmpty()) {
            return "";
        }
        var table =
                table("orders", List.of("", "地址", "姓名", "取餐码", "份数", "菜品"), sheet.deliveries(), order -> """
                <tr>%s<td class="address">%s</td><td class="name">%s</td><td class="code">%s</td>\
                <td class="figure">%d</td><td>%s</td></tr>
                """.formatted(
                                box(order),
                                escaped(order.address()),
                                escaped(order.dinerName()),
                                escaped(order.code()),
                                order.portions(),
                                ordered(order)));
        return section("送餐", sheet.deliveries().size(), table);
    }

    /** Begins a page of its own, because somebody else takes it; repeats whose it is. */
    private String section(String title, int count, String table) {
        var meal = sheet.meal();
        return """
                <section class="list">
                <h2>%s <small>%d 单 · %s %s%s · %s</small></h2>
                %s</section>
                """.formatted(
                        title,
                        count,
                        Words.day(meal.date()),
                        Words.weekday(meal.date()),
                        Words.period(Period.of(meal.period())),
                        escaped(sheet.canteenName()),
                        table);
    }

    private static <T> String table(String kind, List<String> headings, List<T> rows, Function<T, String> row) {
        var head = headings.stream().map(text -> "<th>" + text + "</th>").collect(Collectors.joining());
        return "<table class=\"" + kind + "\">\n<thead><tr>" + head + "</tr></thead>\n<tbody>\n"
                + rows.stream().map(row).collect(Collectors.joining()) + "</tbody>\n</table>\n";
    }

    private static String box(KitchenSheet.Order order) {
        return order.wasServed() ? "<td class=\"box done\"><i></i></td>" : "<td class=\"box\"><i></i></td>";
    }

    private static String ordered(KitchenSheet.Order order) {
        if (order.dishes().isEmpty()) {
            return "套餐";
        }
        return order.dishes().stream()
                .map(dish -> "<span>" + escaped(dish.name()) + " ×" + dish.portions() + "</span>")
                .collect(Collectors.joining(" "));
    }

    private static String marks(List<String> marks, Function<String, String> inWords) {
        return marks.stream()
                .map(mark -> "<em>" + escaped(inWords.apply(mark)) + "</em>")
                .collect(Collectors.joining(" "));
    }

    private String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    /** To be put among other words: markup is none, and what is written from the right stays within itself. */
    static String escaped(@Nullable String text) {
        return text == null
                ? ""
                : Shapes.isolated(text)
                        .replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;")
                        .replace("'", "&#39;");
    }

    private static String style() {
        try (var in = Objects.requireNonNull(KitchenPage.class.getResourceAsStream("kitchen-sheet.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
