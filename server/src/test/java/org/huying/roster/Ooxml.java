package org.huying.roster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A workbook whose parts are written by hand, as little as the format asks for. */
public final class Ooxml {
    private static final String TRANSITIONAL = "http://schemas.openxmlformats.org/";
    private static final String STRICT = "http://purl.oclc.org/ooxml/";

    private final Map<String, String> sheets = new LinkedHashMap<>();
    private final List<String> formats = new ArrayList<>();
    private Charset charset = StandardCharsets.UTF_8;
    private String shared = "";
    private String doctype = "";
    private boolean isStrict;
    private boolean is1904;
    private int builtIn = -1;

    /** A sheet: {@code <row>}s, and behind them what a sheet has behind them. */
    public Ooxml sheet(String rows, String behind) {
        sheets.put("<sheetData>" + rows + "</sheetData>" + behind, "visible");
        return this;
    }

    public Ooxml sheet(String rows) {
        return sheet(rows, "");
    }

    public Ooxml hiddenSheet(String rows) {
        sheets.put("<sheetData>" + rows + "</sheetData>", "hidden");
        return this;
    }

    /** {@code <si>} elements. */
    public Ooxml shared(String items) {
        shared = items;
        return this;
    }

    /** The style of the number that is returned to be named by {@code s}, from 1. */
    public Ooxml format(String code) {
        formats.add(code);
        return this;
    }

    /** Style 1 has this number of a format, without a code. */
    public Ooxml builtInFormat(int id) {
        builtIn = id;
        return this;
    }

    public Ooxml in(Charset other) {
        charset = other;
        return this;
    }

    public Ooxml doctype(String definitions) {
        doctype = "<!DOCTYPE x [" + definitions + "]>";
        return this;
    }

    public Ooxml strict() {
        isStrict = true;
        return this;
    }

    public Ooxml of1904() {
        is1904 = true;
        return this;
    }

    /** Cells of inline texts, from A on; what begins with {@code <c} is taken as it is, and an empty one left out. */
    public static String row(int number, String... cells) {
        var row = new StringBuilder("<row r=\"" + number + "\">");
        for (int i = 0; i < cells.length; i++) {
            var reference = (char) ('A' + i) + Integer.toString(number);
            if (cells[i].startsWith("<c")) {
                row.append(cells[i].replaceFirst("<c", "<c r=\"" + reference + "\""));
            } else if (!cells[i].isEmpty()) {
                row.append("<c r=\"" + reference + "\" t=\"inlineStr\"><is><t>" + cells[i] + "</t></is></c>");
            }
        }
        return row + "</row>";
    }

    public byte[] bytes() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            var main =
                    (isStrict ? STRICT : TRANSITIONAL) + (isStrict ? "spreadsheetml/main" : "spreadsheetml/2006/main");
            var toParts =
                    (isStrict ? STRICT + "officeDocument/" : TRANSITIONAL + "officeDocument/2006/") + "relationships";
            put(
                    zip,
                    "_rels/.rels",
                    relations("<Relationship Id=\"a\" Type=\"" + toParts
                            + "/officeDocument\" Target=\"xl/workbook.xml\"/>"));
            var list = new StringBuilder();
            var relations = new StringBuilder("<Relationship Id=\"st\" Type=\"" + toParts
                    + "/styles\" Target=\"styles.xml\"/><Relationship Id=\"ss\" Type=\"" + toParts
                    + "/sharedStrings\" Target=\"/xl/texts.xml\"/>");
            int number = 1;
            for (var sheet : sheets.entrySet()) {
                var part = "sheet" + number;
                list.append("<sheet name=\"表" + number + "\" sheetId=\"" + number + "\" state=\"" + sheet.getValue()
                        + "\" r:id=\"" + part + "\"/>");
                relations.append("<Relationship Id=\"" + part + "\" Type=\"" + toParts + "/worksheet\" Target=\"" + part
                        + ".xml\"/>");
                put(zip, "xl/" + part + ".xml", "<worksheet xmlns=\"" + main + "\">" + sheet.getKey() + "</worksheet>");
                number++;
            }
            put(zip, "xl/_rels/workbook.xml.rels", relations(relations.toString()));
            put(
                    zip,
                    "xl/workbook.xml",
                    "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + toParts + "\"><workbookPr date1904=\"" + is1904
                            + "\"/><sheets>" + list + "</sheets></workbook>");
            put(zip, "xl/texts.xml", "<sst xmlns=\"" + main + "\">" + shared + "</sst>");
            put(zip, "xl/styles.xml", styles(main));
        }
        return bytes.toByteArray();
    }

    private static String relations(String each) {
        return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + each
                + "</Relationships>";
    }

    private String styles(String main) {
        var codes = new StringBuilder();
        var styles = new StringBuilder("<xf numFmtId=\"0\"/>");
        if (builtIn >= 0) {
            styles.append("<xf numFmtId=\"" + builtIn + "\"/>");
        }
        for (int i = 0; i < formats.size(); i++) {
            var code = formats.get(i).replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
            codes.append("<numFmt numFmtId=\"" + (170 + i) + "\" formatCode=\"" + code + "\"/>");
            styles.append("<xf numFmtId=\"" + (170 + i) + "\"/>");
        }
        return "<styleSheet xmlns=\"" + main + "\"><numFmts>" + codes
                + "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>" + styles
                + "</cellXfs></styleSheet>";
    }

    private void put(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(
                ("<?xml version=\"1.0\" encoding=\"" + charset.name() + "\"?>" + doctype + content).getBytes(charset));
        zip.closeEntry();
    }
}
