package org.huying.roster.workbook;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.huying.kernel.MemoryBudget;
import org.jspecify.annotations.Nullable;

/** A workbook of Office Open XML, whichever program wrote it. Of what cannot be read it throws an {@link IOException}. */
public final class Workbook implements AutoCloseable {
    /** Takes rows from the top down. */
    @FunctionalInterface
    public interface Lines {
        /**
         * Takes one; says whether it wants more.
         *
         * @param number as the spreadsheet counts, from 1
         */
        boolean line(int number, List<Cell> cells);
    }

    /** It is packed as a workbook is, and is one of another kind: another program's, or a binary one. */
    public static final class AnotherKindException extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** One that is shown, and its part. */
    private record Sheet(String name, String part) {}

    private static final int SHEETS_MAX = 1_000;
    private static final String ZIP = "PK\u0003\u0004";
    private static final String OLE = "\u00d0\u00cf\u0011\u00e0";

    private final Parts parts;
    private final List<Sheet> sheets = new ArrayList<>();
    private final SheetPart reader;

    private Workbook(Parts parts, MemoryBudget.Hold hold) throws IOException {
        this.parts = parts;
        var workbook = mainPart(parts).orElseThrow(() -> new IOException("no workbook"));
        if (workbook.endsWith(".bin")) {
            throw new AnotherKindException();
        }
        var relations = parts.relations(workbook);
        var is1904 = false;
        try (var xml = parts.required(workbook)) {
            while (xml.next()) {
                if (xml.starts("workbookPr")) {
                    is1904 = xml.flag("date1904");
                } else if (xml.starts("sheet")) {
                    addShown(xml, relations);
                }
            }
        }
        var strings = parts.first(relations, "sharedStrings");
        this.reader = new SheetPart(
                strings == null || !parts.has(strings) ? List.of() : RichText.shared(parts, strings, hold),
                Formats.read(parts, parts.first(relations, "styles")),
                is1904);
    }

    /**
     * Opens one.
     *
     * @param hold what is unpacked in memory is added to it
     */
    public static Workbook open(byte[] bytes, MemoryBudget.Hold hold) throws IOException {
        var parts = Parts.of(bytes, hold);
        try {
            return new Workbook(parts, hold);
        } catch (IOException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    /** Whether it is packed as such a workbook is; so are others. */
    public static boolean isPacked(byte[] bytes) {
        return begins(bytes, ZIP);
    }

    /** Whether it is one of the former kind, or locked with a password. */
    public static boolean isOfFormerKind(byte[] bytes) {
        return begins(bytes, OLE);
    }

    private static Optional<String> mainPart(Parts parts) throws IOException {
        if (parts.has("mimetype")) {
            throw new AnotherKindException();
        }
        return parts.has("_rels/.rels")
                ? Optional.ofNullable(parts.first(parts.relations(""), "officeDocument"))
                : Optional.empty();
    }

    private static boolean begins(byte[] bytes, String magic) {
        if (bytes.length < magic.length()) {
            return false;
        }
        for (int at = 0; at < magic.length(); at++) {
            if ((bytes[at] & 0xff) != magic.charAt(at)) {
                return false;
            }
        }
        return true;
    }

    private void addShown(Xml xml, Map<String, Parts.Relation> relations) throws IOException {
        var state = xml.attribute("state");
        var relation = relations.get(orEmpty(xml.attribute("id")));
        if ((state == null || state.equals("visible"))
                && relation != null
                && relation.kind().equals("worksheet")) {
            if (sheets.stream().map(Sheet::part).anyMatch(relation.part()::equals)) {
                throw new IOException("two sheets are one part");
            }
            sheets.add(new Sheet(orEmpty(xml.attribute("name")), relation.part()));
        }
        if (sheets.size() > SHEETS_MAX) {
            throw new IOException("too many sheets");
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The names of the sheets that are shown, in their order. */
    public List<String> sheets() {
        return sheets.stream().map(Sheet::name).toList();
    }

    /**
     * Reads a sheet.
     *
     * @param sheet as {@link #sheets()} counts, from 0
     */
    public void read(int sheet, Lines lines) throws IOException {
        var part = sheets.get(sheet).part();
        Merges merges;
        try (var xml = parts.required(part)) {
            // they stand behind the rows that they are said of
            merges = Merges.read(xml);
        }
        try (var xml = parts.required(part)) {
            while (xml.next()) {
                if (xml.starts("sheetData")) {
                    reader.read(xml, merges, lines);
                    return;
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        parts.close();
    }
}
