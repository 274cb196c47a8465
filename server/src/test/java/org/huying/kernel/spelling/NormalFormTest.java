package org.huying.kernel.spelling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Domain.md 1: texts that name people, places and numbers have one normal form, however they were typed. */
class NormalFormTest {
    private static final long SEED = Long.getLong("seed", 20_261_130L);
    private static final int ROUNDS = 3_000;

    /** Behind these no character has another form. */
    private static final int PLANES_WITH_FORMS = 0x20000;

    private static final List<String> FAMILY = List.of("王", "李", "欧阳", "阿依古丽", "司马", "O'Brien ", "Müller ", "Ab");
    private static final List<String> GIVEN = List.of("桂香", "秀英", "·买买提", "Anne", "志远-1", "㐂", "𠮷𡈽", "3幢201", "nn a");

    private static String name(String text) {
        return NormalForm.ofName(text).text();
    }

    private static String number(String text) {
        return NormalForm.ofNumber(text).text();
    }

    @Test
    void theFormOfAFormIsItself() {
        var others = IntStream.range(0, PLANES_WITH_FORMS)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .mapToObj(c -> "a" + Character.toString(c) + "王")
                .filter(text -> !name(name(text)).equals(name(text)));
        assertThat(others).isEmpty();
        var random = new Random(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            var text = random.ints(1 + random.nextInt(12), 0, 0x3400)
                    .filter(c -> c < Character.MIN_SURROGATE)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(name(name(text))).as("seed %d: %s", SEED, text).isEqualTo(name(text));
            var digits = Spellings.digits(random);
            assertThat(number(number(digits))).as(digits).isEqualTo(number(digits));
        }
    }

    @Test
    void spellingsOfOnePersonAgreeAndThoseOfTwoDoNot() {
        var random = new Random(SEED);
        Map<String, String> personByForm = new HashMap<>();
        for (int i = 0; i < ROUNDS; i++) {
            var person = one(FAMILY, random) + one(GIVEN, random) + one(List.of("", one(GIVEN, random)), random);
            var spelled = Spellings.ofName(person, random);
            assertThat(name(spelled))
                    .as("seed %d: %s of %s", SEED, spelled, person)
                    .isEqualTo(name(person));
            var before = personByForm.putIfAbsent(name(spelled), person);
            if (before != null) {
                assertThat(before).as("seed %d", SEED).isEqualTo(person);
            }
        }
    }

    @Test
    void spellingsOfOneNumberAgreeAndThoseOfTwoDoNot() {
        var random = new Random(SEED);
        Map<String, String> numberByForm = new HashMap<>();
        for (int i = 0; i < ROUNDS; i++) {
            var national = Spellings.national(random);
            var spelled = Spellings.ofNumber(national, random);
            assertThat(NormalForm.phone(spelled))
                    .as("seed %d: %s", SEED, spelled)
                    .isPresent();
            assertThat(number(spelled))
                    .as("seed %d: %s of %s", SEED, spelled, national)
                    .isEqualTo(number(national));
            var before = numberByForm.putIfAbsent(number(spelled), national);
            if (before != null) {
                assertThat(before).as("seed %d", SEED).isEqualTo(national);
            }
        }
    }

    private static String one(List<String> some, Random random) {
        return some.get(random.nextInt(some.size()));
    }

    @ParameterizedTest
    @CsvSource({
        "138 0013 8000, +8613800138000",
        "138-0013-8000, +8613800138000",
        "＋８６（１３８）００１３—８０００, +8613800138000",
        "0086 138 0013 8000, +8613800138000",
        "8613800138000, +8613800138000",
        "(+86)13800138000, +8613800138000",
        "013800138000, +8613800138000",
        "138\u200b0013\u2060 8000\ufe0f, +8613800138000",
        "0571-8888 8888, +8657188888888",
        "(0571)88888888, +8657188888888",
        "+86 571 88888888, +8657188888888",
        "+86 (0)571 88888888, +8657188888888",
        "86-571-88888888, +8657188888888",
        "010-12345678, +861012345678",
        "0571-88888888转801, +8657188888888801",
        "12345, +8612345",
        "400 800 8820, +864008008820",
        "+852 2345 6789, +85223456789",
        "+44 (0)20 7946 0958, +442079460958",
        "86123456转1234, +86861234561234",
        "00852 23456789, +85223456789",
        "٠١٢٣٤٥٦٧٨٩٠, +861234567890",
    })
    void aNumberIsE164(String typed, String e164) {
        assertThat(NormalForm.phone(typed)).contains(new NormalForm(e164));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----",
                "+ - + -",
                "     ",
                "\u200b\u200b",
                "abc",
                "138-00a1-3800",
                "12",
                "13800138000/13900139000",
                "1+3800138000",
                "++8613800138000",
                "转801转"
            })
    void whatHasNoDigitsOrSomethingElseIsNoNumber(String typed) {
        assertThat(NormalForm.phone(typed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "阿依古丽•买买提, 阿依古丽·买买提",
        "阿依古丽・买买提, 阿依古丽·买买提",
        "阿依古丽．买买提, 阿依古丽·买买提",
        "阿依古丽 ‧ 买买提, 阿依古丽·买买提",
        "阿依古丽⋅买买提, 阿依古丽·买买提",
        "王 桂　香, 王桂香",
        "王\u200b桂\ufe01香\u00ad, 王桂香",
        "\u202e王桂香\u202c, 王桂香",
        "ＡＢ座３—２０１, ab座3-201",
        "AB 座 3 － 201, ab座3-201",
        "3‑201, 3-201",
        "3−201, 3-201",
        "Ⅱ区, ii区",
        "STRASSE, straße",
        "ΣΟΦΙΑΣ, σοφιας",
        "Müller, Mu\u0308ller",
        "O’Brien, O'Brien",
        "⼀号楼, 一号楼",
        "五○三室, 五〇三室",
    })
    void oneNameInTwoSpellings(String one, String other) {
        assertThat(name(one)).isEqualTo(name(other)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "王桂香, 王桂花",
        "Anna, An Na",
        "3-1 201, 3-1201",
        "1 23号, 12 3号",
        "3-201, 3201",
        "阿依古丽·买买提, 阿依古丽买买提",
        "吴, 昊",
    })
    void twoNames(String one, String other) {
        assertThat(name(one)).isNotEqualTo(name(other));
    }

    @ParameterizedTest
    @CsvSource({"Worker-1 , worker-1", "ＷＯＲＫＥＲ－１, worker-1", "\u200bworker\u30001, worker1", "a。b, a.b"})
    void oneLoginNameInTwoSpellings(String typed, String name) {
        assertThat(Typed.loginName(typed)).isEqualTo(name);
    }

    @Test
    void aCodeIsReadInEveryWidthAndGrouping() {
        for (var typed : List.of("abcd-2345", "ＡＢＣＤ２３４５", " ab cd—23 45 ", "AB\u200bCD·2345", "ABCD－２３４５")) {
            assertThat(Typed.code(typed)).as(typed).isEqualTo("ABCD2345");
        }
        assertThat(Typed.signs(" Ｈｕｙｉｎｇ：check-in：１ ２")).isEqualTo("huying:check-in:12");
        assertThat(List.of("123456", "１２３４５６", "123 456", "123-456").stream()
                        .collect(Collectors.groupingBy(typed -> Typed.isDigits(typed, 6))))
                .containsOnlyKeys(true);
        assertThat(Typed.isDigits("12345a", 6)).isFalse();
    }
}
