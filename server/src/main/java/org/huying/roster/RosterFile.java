package org.huying.roster;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.huying.kernel.Faults;
import org.huying.kernel.MemoryBudget;
import org.huying.kernel.Refusal;
import org.jspecify.annotations.Nullable;

/** Reads a file as an office has it, told by its content. Takes a while: not for an event loop. */
final class RosterFile {
    /** What a workbook of the largest size taken holds, with room to spare; a bomb holds more. */
    private static final long UNPACKED_MAX = 200L << 20;

    /** All texts of a workbook in one part, which the reader keeps in memory; the sheet itself is read row by row. */
    private static final String KEPT_PART = "sharedstrings";

    /** Of those; more are no names and addresses. */
    private static final long KEPT_MAX = 32L << 20;

    /** As text, and beside it what the reader makes of it. */
    private static final int KEPT_WEIGHT = 2;

    private static final int BUFFER_BYTES = 1 << 16;

    /** Wider than any file that is meant: what lies beyond is a slip. */
    private static final int COLUMNS_MAX = 50;

    /** Fewer bytes are no workbook. */
    private static final int HEADER = 8;

    private static final Charset CHINESE = Charset.forName("GB18030");

    private RosterFile() {}

    /** @param hold what is unpacked in memory is added to it */
    static List<FileRow> read(Kind kind, byte[] bytes, MemoryBudget.Hold hold) {
        if (bytes.length < HEADER) {
            return csv(kind, decoded(bytes));
        }
        if (ReadableWorkbook.isOOXMLZipHeader(bytes)) {
            return workbook(kind, bytes, hold);
        }
        if (ReadableWorkbook.isOLE2Header(bytes)) {
            throw Refusal.unsupportedMedia("import_type_unsupported");
        }
        return csv(kind, decoded(bytes));
    }

    private static List<FileRow> csv(Kind kind, String text) {
        var sheet = new Sheet(kind);
        try (var reader = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .skipEmptyLines(true)
                .ofCsvRecord(text)) {
            for (CsvRecord line : reader) {
                sheet.line((int) line.getStartingLineNumber(), first(line.getFields()));
            }
        } catch (CsvParseException | IOException e) {
            throw unreadable();
        }
        return sheet.rows();
    }

    /** UTF-8, or what Chinese Excel writes. */
    private static String decoded(byte[] bytes) {
        try {
            var text = decoded(bytes, StandardCharsets.UTF_8);
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            try {
                return decoded(bytes, CHINESE);
            } catch (CharacterCodingException neither) {
                throw unreadable();
            }
        }
    }

    private static String decoded(byte[] bytes, Charset charset) throws CharacterCodingException {
        var text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        if (text.indexOf('\0') >= 0) {
            throw Refusal.unsupportedMedia("import_type_unsupported");
        }
        return text;
    }

    private static List<FileRow> workbook(Kind kind, byte[] bytes, MemoryBudget.Hold hold) {
        try {
            requireHarmless(bytes, hold);
            var sheet = new Sheet(kind);
            try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(bytes), new ReadingOptions(true, false));
                    var rows = workbook.getFirstSheet().openStream()) {
                rows.forEach(row -> sheet.line(row.getRowNum(), texts(row)));
            }
            return sheet.rows();
        } catch (IOException | ExcelReaderException | IllegalArgumentException | IllegalStateException e) {
            throw unreadable();
        }
    }

    private static void requireHarmless(byte[] bytes, MemoryBudget.Hold hold) throws IOException {
        long unpacked = 0;
        long kept = 0;
        var buffer = new byte[BUFFER_BYTES];
        try (var zip = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes))
                .get()) {
            for (var entry : Collections.list(zip.getEntries())) {
                var isKept = entry.getName().toLowerCase(Locale.ROOT).contains(KEPT_PART);
                try (var content = zip.getInputStream(entry)) {
                    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                        unpacked += read;
                        kept += isKept ? read : 0;
                        if (unpacked > UNPACKED_MAX || kept > KEPT_MAX) {
                            throw unreadable();
                        }
                        hold.more(isKept ? (long) read * KEPT_WEIGHT : 0);
                    }
                }
            }
        }
    }

    private static List<String> texts(Row row) {
        return first(row.stream()
                .limit(COLUMNS_MAX)
                .map(cell -> cell == null ? "" : text(cell))
                .toList());
    }

    private static String text(Cell cell) {
        if (cell.getType() == CellType.ERROR || cell.getType() == CellType.EMPTY) {
            return "";
        }
        var isNumber = cell.getType() == CellType.NUMBER;
        if (isNumber && isDate(cell.getDataFormatString())) {
            return cell.asDate().toLocalDate().toString();
        }
        var raw = cell.getRawValue() == null ? "" : cell.getRawValue();
        return isNumber || cell.getType() == CellType.FORMULA
                ? Texts.digits(raw)
                : cell.getType() == CellType.BOOLEAN ? cell.asBoolean().toString() : cell.getText();
    }

    private static boolean isDate(@Nullable String format) {
        return format != null && format.contains("y");
    }

    private static List<String> first(List<String> cells) {
        return cells.subList(0, Math.min(cells.size(), COLUMNS_MAX));
    }

    private static Refusal unreadable() {
        return Faults.of("/file", "import_unreadable");
    }
}
