package org.huying.county;

import java.util.List;
import java.util.stream.Stream;

/** Names as they are borne: a few surnames by most, and given names that generations have in common. */
final class NamePool {
    private static final List<String> SURNAMES = Stream.of(
                    "王 李 张 刘 陈".split(" "),
                    "王 李 张 刘 陈 杨 赵 黄".split(" "),
                    "王 李 张 刘 周 吴 徐 孙 胡 朱 高 林 何 郭 马".split(" "),
                    "罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕 苏 卢 蒋 蔡 欧阳 司马 上官".split(" "))
            .flatMap(Stream::of)
            .toList();

    private static final List<String> OLD_MEN = words("国华 建国 德明 志明 永福 福生 长林 玉山 树林 文清 世荣 光明 金贵 万林 有才 兴旺 春生 贵生 正义 大山");
    private static final List<String> OLD_WOMEN = words("秀英 桂英 秀兰 玉兰 桂兰 玉英 秀珍 凤英 淑珍 淑芳 玉珍 桂珍 素珍 翠花 凤兰 金花 腊梅 菊香 春花 桂芳");
    private static final List<String> MEN = words("伟 强 磊 军 勇 杰 涛 明 超 刚 平 辉 鹏 飞 波 斌 志强 建军 海涛 晓东 文斌 永刚 立新 国栋");
    private static final List<String> WOMEN = words("芳 敏 静 丽 艳 娟 霞 燕 玲 红 梅 莉 萍 婷 丽娟 晓燕 春梅 海燕 雪梅 红霞 丽华 秋菊 玉梅 小芳");
    private static final List<String> YOUNG = words("子涵 梓轩 浩然 欣怡 宇轩 诗涵 雨桐 俊杰 一诺 子轩 思远 佳怡 浩宇 梦洁 嘉豪 雨欣 天佑 可馨");

    private static final List<String> FROM_AFAR = words("买买提·艾力 阿依古丽·吐尔逊 古丽娜尔·买买提 艾山·吐尔逊 热依拉·艾合买提 卓玛·次仁 扎西·多吉");

    /** Which is heard, or read, as which. */
    private static final List<String> ALIKE =
            words("英莹 兰蓝 芳方 伟炜 丽莉 华花 明铭 军君 国帼 静靖 涵函 轩宣 珍贞 桂贵 玉育 林临 清青 红虹 梅玫 燕艳 强墙 涛滔");

    private NamePool() {}

    static String surname(Chance chance) {
        return chance.of(SURNAMES);
    }

    static String of(Chance chance, String surname, int age, boolean isWoman) {
        if (age >= 18 && chance.in(0.012)) {
            return chance.of(FROM_AFAR);
        }
        var given = age >= 58 ? (isWoman ? OLD_WOMEN : OLD_MEN) : age >= 22 ? (isWoman ? WOMEN : MEN) : YOUNG;
        return surname + chance.ofFirst(given);
    }

    /** Another that somebody writes down for it. */
    static String misheard(Chance chance, String name) {
        for (int i = name.length() - 1; i > 0; i--) {
            for (var pair : ALIKE) {
                int at = pair.indexOf(name.charAt(i));
                if (at >= 0) {
                    return name.substring(0, i) + pair.charAt(1 - at) + name.substring(i + 1);
                }
            }
        }
        var last = chance.of(List.of("生", "元", "芬", "琴", "祥", "云"));
        return name.endsWith(last) ? name + "儿" : name.substring(0, name.length() - 1) + last;
    }

    private static List<String> words(String all) {
        return List.of(all.split(" "));
    }
}
