package org.huying.notify;

import io.vertx.core.json.JsonObject;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.huying.kernel.spelling.Shapes;

/** The words of notices: a sentence for each kind, with its facts in the gaps. */
final class Words {
    private static final ResourceBundle SENTENCES = ResourceBundle.getBundle("org.huying.notices");
    private static final Pattern GAP = Pattern.compile("\\{(\\w+)}");

    private Words() {}

    static String of(String kind, JsonObject facts) {
        return fill(SENTENCES.getString(kind), facts);
    }

    /** What happened in no more than five characters, for those who have room for no more. */
    static String brief(String kind) {
        var key = "brief." + kind;
        return SENTENCES.getString(SENTENCES.containsKey(key) ? key : "brief");
    }

    /** Puts facts into the gaps of a text. */
    static String fill(String text, JsonObject facts) {
        return GAP.matcher(text).replaceAll(gap -> Matcher.quoteReplacement(word(facts.getString(gap.group(1), ""))));
    }

    /** Codes have words of their own; names and dates are their own words. */
    private static String word(String fact) {
        return SENTENCES.containsKey("word." + fact) ? SENTENCES.getString("word." + fact) : Shapes.isolated(fact);
    }
}
