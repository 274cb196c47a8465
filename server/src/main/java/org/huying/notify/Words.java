package org.huying.notify;

import io.vertx.core.json.JsonObject;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of notices: a sentence for each kind, with its facts in the gaps. */
final class Words {
    private static final ResourceBundle SENTENCES = ResourceBundle.getBundle("org.huying.notices");
    private static final Pattern GAP = Pattern.compile("\\{(\\w+)}");

    private Words() {}

    static String of(String kind, JsonObject facts) {
        return GAP.matcher(SENTENCES.getString(kind))
                .replaceAll(gap -> Matcher.quoteReplacement(word(facts.getString(gap.group(1), ""))));
    }

    /** Codes have words of their own; names and dates are their own words. */
    private static String word(String fact) {
        return SENTENCES.containsKey("word." + fact) ? SENTENCES.getString("word." + fact) : fact;
    }
}
