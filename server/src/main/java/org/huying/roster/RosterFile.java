package org.huying.roster;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.huying.kernel.Fault;
import org.huying.kernel.Faults;
import org.huying.kernel.MemoryBudget;
import org.huying.kernel.Refusal;
import org.huying.roster.workbook.Cell;
import org.huying.roster.workbook.Workbook;
import org.jspecify.annotations.Nullable;

/** Reads a file as an office has it, told by its content. Takes a while: not for an event loop. */
final class RosterFile {
    /** Wider than any file that is meant: what lies beyond is a slip. */
    private static final int COLUMNS_MAX = 50;

    private static final Charset CHINESE = Charset.forName("GB18030");

    /** Between the cells of a line: as the name has it, as spreadsheets write texts, as some countries write it. */
    private static final char[] SEPARATORS = {',', '\t', ';'};

    private RosterFile() {}

    /** @param hold what is unpacked in memory is added to it */
    static List<FileRow> read(Kind kind, byte[] bytes, MemoryBudget.Hold hold) {
        if (Workbook.isPacked(bytes)) {
            return workbook(kind, bytes, hold);
        }
        if (Workbook.isOfFormerKind(bytes)) {
            throw anotherType();
        }
        return csv(kind, decoded(bytes));
    }

    private static List<FileRow> csv(Kind kind, String text) {
        if (text.stripLeading().startsWith("<")) {
            // a page or a table for a browser, under whatever name
            throw anotherType();
        }
        @Nullable Sheet first = null;
        for (var separator : SEPARATORS) {
            var sheet = csv(kind, text, separator);
            if (sheet.isHeaded()) {
                return sheet.rows();
            }
            first = first == null ? sheet : first;
        }
        throw first == null ? unreadable() : first.headless();
    }

    private static Sheet csv(Kind kind, String text, char separator) {
        var sheet = new Sheet(kind);
        try (var reader = CsvReader.builder()
                .fieldSeparator(separator)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .skipEmptyLines(true)
                .ofCsvRecord(text)) {
            for (CsvRecord line : reader) {
                var cells = first(line.getFields()).stream().map(Cell::text).toList();
                if (!sheet.line((int) line.getStartingLineNumber(), cells)) {
                    break;
                }
            }
        } catch (CsvParseException | IOException e) {
            throw unreadable();
        }
        sheet.end();
        return sheet;
    }

    /** As its mark says; without one UTF-8, or what Chinese Excel writes. */
    private static String decoded(byte[] bytes) {
        try {
            if (begins(bytes, 0xff, 0xfe) || begins(bytes, 0xfe, 0xff)) {
                return decoded(bytes, StandardCharsets.UTF_16);
            }
            var text = decoded(bytes, StandardCharsets.UTF_8);
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf) {
            try {
                return decoded(bytes, CHINESE);
            } catch (CharacterCodingException neither) {
                throw unreadable();
            }
        }
    }

    private static boolean begins(byte[] bytes, int first, int second) {
        return bytes.length >= 2 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
    }

    private static String decoded(byte[] bytes, Charset charset) throws CharacterCodingException {
        var text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        if (text.indexOf('\0') >= 0) {
            throw anotherType();
        }
        return text;
    }

    private static List<FileRow> workbook(Kind kind, byte[] bytes, MemoryBudget.Hold hold) {
        try (var workbook = Workbook.open(bytes, hold)) {
            return rows(kind, workbook);
        } catch (Workbook.AnotherKindException e) {
            throw anotherType();
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable();
        }
    }

    /** Of the one sheet that is a list; titles and notes on others are passed over, and a second list is not. */
    private static List<FileRow> rows(Kind kind, Workbook workbook) throws IOException {
        @Nullable Sheet list = null;
        @Nullable Sheet first = null;
        @Nullable String another = null;
        for (int i = 0; i < workbook.sheets().size(); i++) {
            var sheet = new Sheet(kind);
            workbook.read(i, sheet::line);
            sheet.end();
            if (sheet.isNearlyHeaded() || (list != null && sheet.isHeaded() && sheet.hasRows())) {
                another = another == null ? workbook.sheets().get(i) : another;
            }
            list = list == null && sheet.isHeaded() && sheet.hasRows() ? sheet : list;
            first = first == null || (!first.isHeaded() && first.isEmpty()) ? sheet : first;
        }
        if (list != null && another != null) {
            throw Faults.of(new Fault("/file", "sheets_several", Heading.hint(another)));
        }
        if (list != null) {
            return list.rows();
        }
        if (first == null) {
            throw Faults.of("/file", "import_empty");
        }
        return first.isHeaded() ? first.rows() : fail(first.headless());
    }

    private static List<FileRow> fail(Refusal refusal) {
        throw refusal;
    }

    private static List<String> first(List<String> cells) {
        return cells.subList(0, Math.min(cells.size(), COLUMNS_MAX));
    }

    private static Refusal anotherType() {
        return Refusal.unsupportedMedia("import_type_unsupported");
    }

    private static Refusal unreadable() {
        return Faults.of("/file", "import_unreadable");
    }
}
