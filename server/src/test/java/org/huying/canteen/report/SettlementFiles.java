package org.huying.canteen.report;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;

/** Reads a settlement in each of its forms as the same thing: sums by band in words, the total under 合计. */
final class SettlementFiles {
    private static final String TOTAL = "合计";

    private SettlementFiles() {}

    static Map<String, Sums> fromJson(JsonObject settlement) {
        var found = new LinkedHashMap<String, Sums>();
        settlement.getJsonArray("byAgeBand").forEach(each -> {
            var band = (JsonObject) each;
            found.put(new AgeBand(band.getInteger("fromAge"), band.getInteger("toAge")).inWords(), sums(band));
        });
        found.put(TOTAL, sums(settlement));
        return found;
    }

    private static Sums sums(JsonObject json) {
        return new Sums(
                json.getLong("served"),
                json.getLong("noShows"),
                json.getLong("portions"),
                json.getLong("priceFen"),
                json.getLong("payableFen"),
                json.getLong("subsidyFen"));
    }

    /** The lines of the file, each as its cells, without the heading. */
    static Map<String, Sums> fromCsv(Buffer file) {
        var found = new LinkedHashMap<String, Sums>();
        var lines = List.of(file.toString(StandardCharsets.UTF_8).split("\r\n"));
        for (var line : lines.subList(1, lines.size())) {
            var cells = List.of(line.split(",", -1));
            found.put(
                    cells.get(3),
                    sums(cells.subList(4, 10).stream().map(BigDecimal::new).toList()));
        }
        return found;
    }

    /** The first sheet, by band. */
    static Map<String, Sums> bandsFromWorkbook(Buffer file) {
        var found = new LinkedHashMap<String, Sums>();
        rows(file, 0).filter(row -> isSums(row, 1)).forEach(row -> found.put(text(row, 0), sums(numbers(row, 1))));
        return found;
    }

    /** The second sheet, by date and period. */
    static Map<String, Sums> mealsFromWorkbook(Buffer file) {
        var found = new LinkedHashMap<String, Sums>();
        rows(file, 1)
                .filter(row -> isSums(row, 2))
                .forEach(row -> found.put(
                        text(row, 0).equals(TOTAL)
                                ? TOTAL
                                : row.getCell(0).asDate().toLocalDate() + " " + text(row, 1),
                        sums(numbers(row, 2))));
        return found;
    }

    private static Stream<Row> rows(Buffer file, int sheet) {
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(file.getBytes()))) {
            return workbook.getSheet(sheet).orElseThrow().read().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSums(Row row, int left) {
        return row.getCellCount() == left + 6 && row.getCell(left).getType() == CellType.NUMBER;
    }

    private static String text(Row row, int column) {
        return row.getCell(column).getType() == CellType.STRING
                ? row.getCell(column).asString()
                : "";
    }

    private static List<BigDecimal> numbers(Row row, int left) {
        var numbers = new ArrayList<BigDecimal>();
        for (int column = left; column < left + 6; column++) {
            numbers.add(row.getCell(column).asNumber());
        }
        return numbers;
    }

    /** Three counts and three amounts in yuan. */
    private static Sums sums(List<BigDecimal> cells) {
        return new Sums(
                cells.get(0).longValueExact(),
                cells.get(1).longValueExact(),
                cells.get(2).longValueExact(),
                cells.get(3).movePointRight(2).longValueExact(),
                cells.get(4).movePointRight(2).longValueExact(),
                cells.get(5).movePointRight(2).longValueExact());
    }
}
