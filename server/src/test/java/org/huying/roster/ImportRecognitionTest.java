package org.huying.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is asked about by a list: somebody who is here, or in an earlier row, with two of four things in common. */
class ImportRecognitionTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final ImportActs ACTS = new ImportActs(APP);
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final String HEADINGS = "姓名,出生日期,证件核验,电话,小区,地址,同意说明\n";

    @BeforeAll
    static void homes() {
        var households = "小区,地址\n书香苑,相识1\n书香苑,相识2".getBytes(StandardCharsets.UTF_8);
        ACTS.written("households", households, ACTS.digest("households", households), "");
    }

    /** The first is here; N stands for a name, M for another, P and Q for numbers, 1 and 2 for homes. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            N 1950-01-01 P 1 | N 1950-01-01 Q 2 | doubtful phone
            N 1950-01-01 P 1 | N 1950-01-01 Q - | doubtful phone
            N 1950-01-01 - 1 | N 1950-10-01 Q 1 | doubtful birthDate
            N 1950-01-01 - 1 | N 1950-10-01 - 1 | doubtful birthDate
            N 1950-01-01 P 1 | M 1950-01-01 P 1 | doubtful name
            N 1950-01-01 P - | M 1950-01-01 P 2 | doubtful name
            N 1950-01-01 P 1 | N 1950-01-01 P 2 | changed
            N 1950-01-01 P 1 | N 1950-01-01 Q 1 | unchanged
            N 1950-01-01 P 1 | N 1950-01-01 - 1 | unchanged
            N 1950-01-01 P 1 | N 1950-10-01 P 1 | bad birthDate
            N 1950-01-01 P 1 | N 1950-10-01 Q 2 | created
            N 1950-01-01 P 1 | M 1950-10-01 P 1 | created
            N 1950-01-01 P 1 | M 1950-01-01 Q 1 | created
            """)
    void somebodyHereIsTheSameOrAskedAboutOrAnother(String here, String row, String outcome) {
        var words = new Words();
        var first = words.row(here);
        assertThat(ACTS.writtenAsChecked(file(first)).getInteger("created")).isEqualTo(1);

        var check = ACTS.check(file(words.row(row)));

        var found = outcome.split(" ", -1);
        assertThat(check.getInteger(found[0])).isEqualTo(1);
        if (found.length > 1) {
            var rows = ACTS.rows(check, found[0]);
            assertThat(rows.get(0).getJsonArray("errors").getJsonObject(0).getString("column"))
                    .isEqualTo(found[1]);
            assertThat(rows.get(0).getJsonArray("candidates")).hasSize(found[0].equals("doubtful") ? 1 : 0);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            N 1950-01-01 P 1 | N 1950-01-01 Q 2 | doubtful
            N 1950-01-01 - 1 | N 1950-10-01 Q 1 | doubtful
            N 1950-01-01 P 1 | M 1950-01-01 P 1 | doubtful
            N 1950-01-01 P 1 | N 1950-10-01 Q 2 | created
            N 1950-01-01 P 1 | M 1950-10-01 P 1 | created
            N 1950-01-01 P 1 | M 1950-01-01 Q 1 | created
            """)
    void anEarlierRowIsAskedAboutAsSomebodyHereIs(String earlier, String row, String outcome) {
        var words = new Words();

        var check = ACTS.check(file(words.row(earlier), words.row(row)));

        assertThat(check.getInteger(outcome)).isEqualTo(outcome.equals("created") ? 2 : 1);
        assertThat(check.getInteger("created")).isEqualTo(outcome.equals("created") ? 2 : 1);
    }

    @Test
    void whatDiffersOfWhoIsTheSameStaysAsItIs() {
        // given
        var words = new Words();
        ACTS.writtenAsChecked(file(words.row("N 1950-01-01 - 1")));
        var row = words.row("N 1950-10-01 Q 1").replace(",否,", ",是,");
        var check = ACTS.check(file(row));
        var whom = ACTS.rows(check, "doubtful")
                .get(0)
                .getJsonArray("candidates")
                .getJsonObject(0)
                .getString("residentId");

        // when
        var decided = ACTS.decide(
                        check, 2, new JsonObject().put("choice", "same").put("residentId", whom))
                .withStatus(200)
                .json();
        ACTS.written(file(row), decided.getString("digest"), "");

        // then
        assertThat(decided.getInteger("changed")).isEqualTo(1);
        var found = APP.staff("grid-member-1")
                .get("/v1/residents/" + whom)
                .withStatus(200)
                .json();
        assertThat(found.getInteger("birthYear")).isEqualTo(1950);
        assertThat(found.getBoolean("birthDateVerified")).isFalse();
        assertThat(ACTS.check(file(words.row("N 1950-01-01 Q 1"))).getInteger("unchanged"))
                .isEqualTo(1);
    }

    /** A mask is completed by ten thousand numbers; one of a list hardly looks like another of it. */
    @Test
    void tryingOutTheNumbersBehindAMaskEndsInHoweverManyFiles() {
        // given
        var words = new Words();
        ACTS.writtenAsChecked(file(words.row("N 1950-01-01 - 1").replace(",否,,", ",否,13800755678,")));
        var masked = IntStream.range(0, 120)
                .mapToObj(n -> "别名%d,1950-01-01,否,138%04d5678,,,同意".formatted(n, n))
                .toList();

        // when
        var first = ACTS.check(file(masked.subList(0, 60).toArray(String[]::new)));
        var more = ACTS.check(file(masked.subList(60, 120).toArray(String[]::new)));

        // then
        assertThat(first.getInteger("created")).isEqualTo(60);
        assertThat(more.getInteger("created") + more.getInteger("doubtful")).isEqualTo(40);
        assertThat(more.getInteger("bad")).isEqualTo(20);
        assertThat(ACTS.rows(more, "bad"))
                .allSatisfy(each -> assertThat(
                                each.getJsonArray("errors").getJsonObject(0).getString("code"))
                        .isEqualTo("number_guessed"));
        assertThat(ACTS.check(file(IntStream.range(0, 150)
                                .mapToObj(n -> "新来%d,1950-01-01,否,1396666%04d,,,同意".formatted(n, n))
                                .toArray(String[]::new)))
                        .getInteger("created"))
                .isEqualTo(150);
    }

    private static byte[] file(String... rows) {
        return (HEADINGS + String.join("\n", rows)).getBytes(StandardCharsets.UTF_8);
    }

    /** Nobody else's. */
    private static final class Words {
        private final String name = "相识" + NUMBERS.incrementAndGet();
        private final String other = "陌生" + NUMBERS.incrementAndGet();
        private final String number = "1397100" + (1000 + NUMBERS.incrementAndGet());
        private final String otherNumber = "1397200" + (1000 + NUMBERS.incrementAndGet());

        /** Four words in the order of name, birth date, number, home. */
        String row(String words) {
            var word = words.strip().split(" ", -1);
            var cells = new ArrayList<>(List.of(word[0].equals("N") ? name : other, word[1], "否"));
            cells.add(word[2].equals("-") ? "" : word[2].equals("P") ? number : otherNumber);
            cells.addAll(word[3].equals("-") ? List.of("", "") : List.of("书香苑", "相识" + word[3]));
            cells.add("同意");
            return cells.stream().collect(Collectors.joining(","));
        }
    }
}
