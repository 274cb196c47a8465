package org.huying.roster.workbook;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the numbers of a workbook are shown, by the styles that cells name. */
final class Formats {
    private static final int STYLES_MAX = 100_000;

    private final List<Format> byStyle;

    private Formats(List<Format> byStyle) {
        this.byStyle = byStyle;
    }

    /** @param part absent where a workbook has no styles */
    static Formats read(Parts parts, @Nullable String part) throws IOException {
        var ids = new ArrayList<Integer>();
        var codes = new HashMap<Integer, Format>();
        if (part != null && parts.has(part)) {
            try (var xml = parts.required(part)) {
                read(xml, ids, codes);
            }
        }
        return new Formats(ids.stream()
                .map(id -> {
                    var own = codes.get(id);
                    return own == null ? Format.builtIn(id) : own;
                })
                .toList());
    }

    private static void read(Xml xml, List<Integer> ids, Map<Integer, Format> codes) throws IOException {
        var ofCells = false;
        while (xml.next()) {
            if (xml.starts("cellXfs") || xml.ends("cellXfs")) {
                ofCells = xml.starts("cellXfs");
            } else if (xml.starts("xf") && ofCells) {
                ids.add(xml.number("numFmtId", 0));
            } else if (xml.starts("numFmt") && !codes.containsKey(xml.number("numFmtId", -1))) {
                var code = xml.attribute("formatCode");
                codes.put(xml.number("numFmtId", -1), Format.of(code == null ? "" : code));
            }
            if (ids.size() > STYLES_MAX || codes.size() > STYLES_MAX) {
                throw new IOException("too many styles");
            }
        }
    }

    Format of(int style) {
        return style >= 0 && style < byStyle.size() ? byStyle.get(style) : Format.PLAIN;
    }
}
