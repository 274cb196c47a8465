package org.huying.kernel.spelling;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Names and numbers as different people, keyboards and registers write them. */
final class Spellings {
    private static final List<String> UNSEEN =
            List.of("\u200b", "\u200d", "\ufeff", "\u00ad", "\u2060", "\ufe0f", "\u3164", "\u202a");
    private static final List<String> DOTS = List.of("·", "•", "・", "‧", "∙", "⋅", "･", " · ", "●");
    private static final List<String> DASHES = List.of("-", "‐", "–", "—", "－", "−", " - ", "——", "﹣");
    private static final List<String> BLANKS = List.of(" ", "\u3000", "\u00a0", "  ", "\t", "\u2003");
    private static final List<String> BEFORE_OURS = List.of("", "+86", "＋86", "86", "0086", "(+86)", "+86-", "00 86 ");

    private Spellings() {}

    static String ofName(String name, Random random) {
        var text = new StringBuilder(around(random));
        name.codePoints().forEach(c -> text.append(spelled(c, random)).append(unseen(random)));
        return text.append(around(random)).toString();
    }

    private static String spelled(int c, Random random) {
        if (c == '·') {
            return one(DOTS, random);
        }
        if (c == '-') {
            return one(DASHES, random);
        }
        if (c == ' ') {
            return one(BLANKS, random);
        }
        if (c == '\'') {
            return one(List.of("'", "’", "＇"), random);
        }
        if (c > ' ' && c < 0x7f && random.nextBoolean()) {
            int turned = Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c);
            return Character.toString(random.nextBoolean() ? turned : turned + 0xfee0);
        }
        return Character.toString(c);
    }

    private static String unseen(Random random) {
        return random.nextInt(6) == 0 ? one(UNSEEN, random) : "";
    }

    private static String around(Random random) {
        return random.nextInt(3) == 0 ? one(BLANKS, random) : "";
    }

    /** A mobile number, or one of a town. */
    static String national(Random random) {
        return random.nextBoolean()
                ? "1" + (3 + random.nextInt(7)) + digits(9, random)
                : one(List.of("010", "021", "0571", "0931", "0755"), random)
                        + (2 + random.nextInt(7))
                        + digits(7, random);
    }

    static String ofNumber(String national, Random random) {
        var before = one(BEFORE_OURS, random);
        var rest = before.isEmpty() ? national : national.replaceFirst("^0", random.nextInt(4) == 0 ? "(0)" : "");
        var text = new StringBuilder(around(random)).append(before);
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            text.append(c >= '0' && c <= '9' && random.nextInt(4) == 0 ? (char) (c + 0xfee0) : c)
                    .append(unseen(random))
                    .append(random.nextInt(5) == 0 ? one(List.of(" ", "-", "－", "\u3000", "—"), random) : "");
        }
        return text.append(around(random)).toString();
    }

    static String digits(Random random) {
        return (random.nextInt(4) == 0 ? "+" : "") + digits(1 + random.nextInt(19), random);
    }

    private static String digits(int count, Random random) {
        return random.ints(count, 0, 10).mapToObj(Integer::toString).collect(Collectors.joining());
    }

    private static String one(List<String> some, Random random) {
        return some.get(random.nextInt(some.size()));
    }
}
