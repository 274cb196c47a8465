package org.huying.roster.workbook;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.huying.kernel.MemoryBudget;

/** Strings with runs of their own looks. How they are to be pronounced stands among them, and is no part of them. */
final class RichText {
    /** As long as a cell can be. */
    static final int MAX = 32_767;

    private static final int SHARED_MAX = 2_000_000;

    private RichText() {}

    /** Of the element that has just begun, be it a shared string or an inline one. */
    static String of(Xml xml) throws IOException {
        return xml.text(MAX, RichText::isGuide);
    }

    private static boolean isGuide(String element) {
        return element.equals("rPh") || element.equals("phoneticPr") || element.equals("rPr");
    }

    static List<String> shared(Parts parts, String part, MemoryBudget.Hold hold) throws IOException {
        var texts = new ArrayList<String>();
        long kept = 0;
        try (var xml = parts.required(part)) {
            while (xml.next()) {
                if (xml.starts("si")) {
                    var text = of(xml);
                    texts.add(text);
                    kept += text.length();
                    if (kept > Parts.KEPT_MAX || texts.size() > SHARED_MAX) {
                        throw new IOException("too many texts");
                    }
                    if (!Parts.isKept(part)) {
                        hold.more(2L * text.length());
                    }
                }
            }
        }
        return texts;
    }
}
