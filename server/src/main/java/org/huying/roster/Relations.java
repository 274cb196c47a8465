package org.huying.roster;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What somebody is to the head of a household, as registers write it, and so what they are in the household. */
final class Relations {
    private static final Set<String> OWNER = Set.of("本人", "户主", "本人或户主", "业主", "产权人", "房主", "owner", "self", "head");

    private static final Set<String> TENANT = Set.of("租户", "租客", "承租人", "租住", "房客", "tenant");

    private static final Set<String> FAMILY = Set.of(
            "",
            "家属",
            "家庭成员",
            "亲属",
            "其他亲属",
            "其他",
            "family",
            "other",
            "配偶",
            "爱人",
            "老伴",
            "妻",
            "妻子",
            "夫",
            "丈夫",
            "spouse",
            "wife",
            "husband",
            "父",
            "父亲",
            "母",
            "母亲",
            "父母",
            "爸爸",
            "妈妈",
            "公公",
            "婆婆",
            "岳父",
            "岳母",
            "继父",
            "继母",
            "养父",
            "养母",
            "father",
            "mother",
            "parent",
            "祖父",
            "祖母",
            "爷爷",
            "奶奶",
            "外祖父",
            "外祖母",
            "外公",
            "外婆",
            "姥爷",
            "姥姥",
            "祖父母",
            "外祖父母",
            "grandfather",
            "grandmother",
            "grandparent",
            "孙",
            "孙子女",
            "外孙子女",
            "grandson",
            "granddaughter",
            "grandchild",
            "儿媳",
            "媳",
            "媳妇",
            "儿媳妇",
            "女婿",
            "婿",
            "孙媳",
            "孙媳妇",
            "孙婿",
            "孙女婿",
            "外孙媳",
            "外孙媳妇",
            "外孙女婿",
            "兄弟",
            "姐妹",
            "兄弟姐妹",
            "嫂",
            "嫂子",
            "弟媳",
            "弟妹",
            "姐夫",
            "妹夫",
            "brother",
            "sister",
            "伯",
            "伯父",
            "伯母",
            "叔",
            "叔叔",
            "叔父",
            "婶",
            "婶婶",
            "姑",
            "姑姑",
            "姑母",
            "姑父",
            "舅",
            "舅舅",
            "舅父",
            "舅母",
            "姨",
            "姨母",
            "姨父",
            "侄",
            "侄子",
            "侄女",
            "外甥",
            "外甥女",
            "内侄",
            "内侄女",
            "堂兄弟",
            "堂姐妹",
            "表兄弟",
            "表姐妹",
            "子女",
            "child",
            "son",
            "daughter");

    /** Children and their children, siblings: counted, and told apart by how they came to be. */
    private static final Pattern COUNTED = Pattern.compile("(?:长|次|幼|大|小|二|三|四|五|六|七|八|九|老大|老二|老三|老四)?"
            + "(?:独生|独|养|继|亲生|非婚生|婚生)?(?:子|女|儿|儿子|女儿|孙|孙子|孙女|外孙|外孙子|外孙女|曾孙|曾孙子|曾孙女|曾外孙子|曾外孙女|重孙|重孙子|重孙女"
            + "|媳|儿媳|女婿|兄|弟|姐|妹|哥|哥哥|弟弟|姐姐|妹妹)");

    /** Longer is none. */
    private static final int MAX = 12;

    private Relations() {}

    /**
     * {@code owner}, {@code tenant} or {@code family}.
     *
     * @param relation without blanks, in small letters
     */
    static Optional<String> role(String relation) {
        if (relation.length() > MAX) {
            return Optional.empty();
        }
        var plain = relation.replaceFirst("^(户主|之|的){1,2}(?=.)", "");
        if (OWNER.contains(relation)) {
            return Optional.of("owner");
        }
        if (TENANT.contains(plain)) {
            return Optional.of("tenant");
        }
        return FAMILY.contains(plain) || COUNTED.matcher(plain).matches() ? Optional.of("family") : Optional.empty();
    }
}
