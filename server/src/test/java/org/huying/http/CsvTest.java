package org.huying.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void aTextNeverBecomesAFormula() {
        assertThat(Csv.cell("+1")).isEqualTo("'+1");
        assertThat(Csv.cell("＝1")).isEqualTo("'＝1");
        assertThat(Csv.cell("\t1")).isEqualTo("'\t1");
        assertThat(Csv.cell("12.00")).isEqualTo("12.00");
    }

    @Test
    void whatIsWrittenFromTheRightStaysInItsCell() {
        assertThat(Csv.cell("王\u202e桂香")).isEqualTo("\u2068王桂香\u2069");
        assertThat(Csv.cell("ئەخمەت")).isEqualTo("\u2068ئەخمەت\u2069");
    }

    @Test
    void whatWouldEndACellIsQuoted() {
        var table = Csv.write(List.of("a", "b"), List.of(List.of("x,\"y\"", "two\nlines")));

        assertThat(table.toString()).isEqualTo("\ufeffa,b\r\n\"x,\"\"y\"\"\",\"two\nlines\"\r\n");
    }
}
