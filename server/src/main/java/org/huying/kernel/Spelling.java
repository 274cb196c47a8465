package org.huying.kernel;

import java.text.Normalizer;

/** How a text is spelled where equal texts are to be found. */
public final class Spelling {
    private Spelling() {}

    /** However it was typed: full-width letters and blanks make no difference. */
    public static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("\\s", "");
    }
}
