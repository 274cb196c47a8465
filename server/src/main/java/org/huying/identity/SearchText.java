package org.huying.identity;

import java.text.Normalizer;

/** What a name or a number is indexed by, however it was typed: full-width letters and blanks make no difference. */
public final class SearchText {
    private SearchText() {}

    public static String of(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("\\s", "");
    }
}
