package org.huying.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.huying.roster.Ooxml.row;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.huying.kernel.MemoryBudget;
import org.huying.kernel.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as spreadsheet programs and offices make them: what is read of each cell, and what is not. */
class WorkbooksAsTheyComeTest {
    private static final String[] RESIDENTS = {"姓名", "出生日期", "同意说明", "电话", "小区", "地址"};
    private static final String HEADING = row(1, RESIDENTS);

    @ParameterizedTest
    @ValueSource(strings = {"residents-1900.xlsx", "residents-1904.xlsx"})
    void aRegisterOfAnOfficeIsReadAsPeopleReadIt(String file) throws IOException {
        byte[] bytes;
        try (var resource = Objects.requireNonNull(getClass().getResourceAsStream(file))) {
            bytes = resource.readAllBytes();
        }

        var rows = read(Kind.RESIDENTS, bytes);

        assertThat(rows.stream().map(FileRow::number)).containsExactly(4, 5, 6, 7, 8, 9, 10);
        assertThat(rows.stream().map(row -> row.text(Column.BIRTH_DATE)).limit(6))
                .containsExactly("1948-03-12", "1950-11-02", "1975.6.1", "1938-05-20", "1970-08-08", "1958年3月5日（农历）");
        assertThat(rows.stream().map(row -> row.text(Column.COMPOUND))).containsOnly("书香苑");
        assertThat(rows.stream().map(row -> row.text(Column.ADDRESS)).limit(4))
                .containsExactly("1栋-1单元-101", "1栋-1单元-101", "1栋-1单元-102", "1栋-2单元-201");
        assertThat(rows.get(0).text(Column.PHONE)).isEqualTo("13912345601");
        assertThat(rows.get(1).text(Column.PHONE)).isEqualTo("002887654321");
        assertThat(rows.get(4).slips()).isEqualTo(java.util.Map.of(Column.ADDRESS, "cell_became_date"));
        assertThat(rows.get(6).slips()).isEqualTo(java.util.Map.of(Column.BIRTH_DATE, "birth_date_without_day"));
        assertThat(rows.stream().filter(row -> row.slips().isEmpty())).hasSize(5);
        assertThat(Texts.date(rows.get(5).text(Column.BIRTH_DATE))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yyyy\"年\"m\"月\"d\"日\"",
                "[$-804]yyyy\"年\"m\"月\"d\"日\";@",
                "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"",
                "e\"年\"m\"月\"d\"日\"",
                "d/m/yy",
                "[$-F800]dddd, mmmm dd, yyyy",
                "YYYY\\-MM\\-DD",
                "yyyy/m/d\\ h:mm;@",
                "m/d"
            })
    void aDateIsADateInWhateverFormat(String code) throws IOException {
        assertThat(birthDate(new Ooxml().format(code), 17604)).isEqualTo("1948-03-12");
        assertThat(birthDate(new Ooxml().of1904().format(code), 16142)).isEqualTo("1948-03-12");
    }

    @Test
    void aDateIsADateInTheFormatsThatAreNeverWrittenOut() throws IOException {
        for (int id : new int[] {
            14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58
        }) {
            assertThat(birthDate(new Ooxml().builtInFormat(id), 17604))
                    .as("%d", id)
                    .isEqualTo("1948-03-12");
        }
        assertThat(birthDate(new Ooxml().builtInFormat(0), 17604)).isEqualTo("1948-03-12");
        assertThat(birthDate(new Ooxml().of1904().builtInFormat(0), 16142)).isEqualTo("1948-03-12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "0.5", "60", "2958466", "1e300", "19480312", "nonsense", "1E+999999999"})
    void aNumberThatIsNoDayIsAFaultOfItsCell(String number) throws IOException {
        var row = only(new Ooxml()
                .format("yyyy-mm-dd")
                .sheet(HEADING + row(2, "甲", "<c s=\"1\"><v>" + number + "</v></c>", "同意", "13900000001")));

        assertThat(row.slips()).containsOnlyKeys(Column.BIRTH_DATE).containsValue("cell_unreadable");
        assertThat(row.text(Column.PHONE)).isEqualTo("13900000001");
    }

    @ParameterizedTest
    @CsvSource({
        "t=\"e\",#REF!",
        "t=\"s\",7",
        "t=\"s\",x",
        "t=\"d\",1948-13-12",
        "t=\"z\",1",
    })
    void whatIsNothingIsAFaultOfItsCell(String type, String value) throws IOException {
        var row = only(new Ooxml()
                .sheet(HEADING + row(2, "甲", "1948-03-12", "同意", "<c " + type + "><v>" + value + "</v></c>")));

        assertThat(row.slips()).containsOnlyKeys(Column.PHONE).containsValue("cell_unreadable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1948-03-12", "1948-03-12T00:00:00", "1948-03-12T00:00:00Z"})
    void aDateMayBeWrittenAsIsoHasIt(String value) throws IOException {
        var row = only(
                new Ooxml().sheet(HEADING + row(2, "甲", "<c t=\"d\"><v>" + value + "</v></c>", "同意", "13900000001")));

        assertThat(row.text(Column.BIRTH_DATE)).isEqualTo("1948-03-12");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2003-01-12",
                "2003/1/12",
                "2003.1.12",
                "1月12日",
                "2003年1月12日",
                "2003年1月",
                "12-Jan",
                "Jan-12",
                "12-Jan-03",
                "1/12/2003",
                "2003-01-12 00:00:00"
            })
    void anAddressThatBecameADateIsAFaultOfItsRow(String text) throws IOException {
        var row = only(new Ooxml().sheet(HEADING + row(2, "甲", "1948-03-12", "同意", "", "书香苑", text)));

        assertThat(row.slips()).containsOnlyKeys(Column.ADDRESS).containsValue("cell_became_date");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3-1-12",
                "1-2-1901",
                "3-1-2003",
                "12-1-302",
                "1栋-1单元-101",
                "2003-1",
                "2003-13-12",
                "3号楼101",
                "May",
                "2003"
            })
    void anAddressThatMayBeOneIsTaken(String text) throws IOException {
        var row = only(new Ooxml().sheet(HEADING + row(2, "甲", "1948-03-12", "同意", "", "书香苑", text)));

        assertThat(row.slips()).isEmpty();
        assertThat(row.text(Column.ADDRESS)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "000000 | 1203 | 001203",
                "000-0000-0000 | 13912345601 | 139-1234-5601",
                "0000\"-\"0000000 | 2881234567 | 0288-1234567",
                "00\"栋\"00\"室\" | 312 | 03栋12室",
                "[Red]0000;-0 | 7 | 0007",
                "00 | 12345 | 12345",
                "#,##0 | 13912345601 | 13912345601",
                "0.00E+00 | 13912345601 | 13912345601",
                "0_  | 7 | 7",
                "@ | 7 | 7",
                "General | 12 | 12",
                "0%% | 7 | 7"
            })
    void shownZerosStay(String code, String number, String shown) throws IOException {
        var row = only(new Ooxml()
                .format(code.strip())
                .sheet(HEADING + row(2, "甲", "1948-03-12", "同意", "", "书香苑", "<c s=\"1\"><v>" + number + "</v></c>")));

        assertThat(row.text(Column.ADDRESS)).isEqualTo(shown);
        assertThat(row.slips()).isEmpty();
    }

    @Test
    void guidesToPronunciationAreNoPartOfAName() throws IOException {
        var runs = "<r><t>张</t></r><r><rPr><b/></rPr><t>三</t></r>"
                + "<rPh sb=\"0\" eb=\"1\"><t>ZHANG</t></rPh><rPh sb=\"1\" eb=\"2\"><t>SAN</t></rPh><phoneticPr fontId=\"1\"/>";
        var shared = "<c t=\"s\"><v>0</v></c>";
        var inline = "<c t=\"inlineStr\"><is>" + runs + "</is></c>";
        var formula = "<c t=\"inlineStr\"><f>PHONETIC(B1)</f><is>" + runs + "</is></c>";
        var plain = "<c t=\"str\"><f>\"张\"&amp;\"三\"</f><v>张三</v></c>";
        var rows = read(
                Kind.RESIDENTS,
                new Ooxml()
                        .shared("<si>" + runs + "</si>")
                        .sheet(HEADING
                                + row(2, shared, "1948-03-12", "同意", "1")
                                + row(3, inline, "1948-03-12", "同意", "2")
                                + row(4, formula, "1948-03-12", "同意", "3")
                                + row(5, plain, "1948-03-12", "同意", "4"))
                        .bytes());

        assertThat(rows).hasSize(4).allMatch(row -> row.text(Column.NAME).equals("张三"));
    }

    @Test
    void mergedCellsAreFilledDownAndNothingElseIs() throws IOException {
        var rows = read(
                Kind.HOUSEHOLDS,
                new Ooxml()
                        .sheet(
                                row(1, "序号", "社区", "小区", "地址")
                                        + row(2, "1", "文昌社区", "书香苑", "1")
                                        + row(3, "2", "", "", "2")
                                        + row(4, "", "", "")
                                        + row(5, "3", "", "纺织小区", "3")
                                        + row(6, "4", "", "", "4"),
                                "<mergeCells><mergeCell ref=\"C2:C4\"/><mergeCell ref=\"B2:B5\"/><mergeCell ref=\"C5:XFD5\"/>"
                                        + "<mergeCell ref=\"bad\"/></mergeCells>")
                        .bytes());

        assertThat(rows.stream()
                        .map(row -> row.text(Column.COMMUNITY) + row.text(Column.COMPOUND) + row.text(Column.ADDRESS)))
                .containsExactly("文昌社区书香苑1", "文昌社区书香苑2", "文昌社区纺织小区3", "4");
    }

    @Test
    void headingsInTwoLinesAreOne() throws IOException {
        var rows = read(
                Kind.RESIDENTS,
                new Ooxml()
                        .sheet(
                                row(1, "居民花名册")
                                        + row(2, "姓名", "出生日期", "同意说明", "联系方式", "", "")
                                        + row(3, "", "", "", "电话", "小区", "地址")
                                        + row(4, "甲", "1948-03-12", "同意", "13900000001", "书香苑", "1"),
                                "<mergeCells><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"B2:B3\"/><mergeCell ref=\"C2:C3\"/>"
                                        + "<mergeCell ref=\"D2:F2\"/></mergeCells>")
                        .bytes());

        assertThat(rows).singleElement().matches(row -> row.text(Column.PHONE).equals("13900000001"));
    }

    @Test
    void theListIsFoundAmongSheetsAndASecondOneIsNotPassedOver() throws IOException {
        var list = HEADING + row(2, "甲", "1948-03-12", "同意", "13900000001") + row(3, RESIDENTS) + row(4, "共 1 人");
        var note = row(1, "填表说明") + row(2, "请勿改动表头");

        assertThat(read(
                        Kind.RESIDENTS,
                        new Ooxml()
                                .hiddenSheet(HEADING + row(2, "隐"))
                                .sheet(note)
                                .sheet(list)
                                .sheet("")
                                .bytes()))
                .singleElement()
                .matches(row -> row.text(Column.NAME).equals("甲"));
        assertThat(refusal(new Ooxml().sheet(list).sheet(list + row(5, "乙")).bytes()))
                .isEqualTo("sheets_several");
        var other = row(1, "姓名", "出生日期", "身份证号") + row(2, "乙", "1950-01-01", "无");
        assertThat(refusal(new Ooxml().sheet(list).sheet(other).bytes())).isEqualTo("sheets_several");
        assertThat(refusal(new Ooxml().sheet(other).sheet(list).bytes())).isEqualTo("sheets_several");
        assertThat(refusal(new Ooxml().sheet(note).bytes())).isEqualTo("column_unknown");
        assertThat(refusal(new Ooxml().hiddenSheet(list).bytes())).isEqualTo("import_empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "GB18030", "ISO-8859-1"})
    void partsAreReadInWhateverCharacterSet(String charset) throws IOException {
        var isLatin = charset.equals("ISO-8859-1");
        var heading = isLatin ? row(1, "name", "birthdate", "consentnote", "phone") : HEADING;
        var name = isLatin ? "Zoe" : "甲";
        var rows = read(
                Kind.RESIDENTS,
                new Ooxml()
                        .strict()
                        .in(Charset.forName(charset))
                        .sheet(heading + row(2, name, "1948-03-12", "ok", "13900000001"))
                        .bytes());

        assertThat(rows).singleElement().matches(row -> row.text(Column.NAME).equals(name));
    }

    @Test
    void textsAreReadByTheirMarkAndWithTheirOwnSeparators() {
        var text = "居民登记表\n序号,姓名,出生日期,同意说明,电话\n1,甲,1958.3.5,同意,13900000001\n合计:,1\n制表人：乙,,,\n";

        for (var each : List.of(text, text.replace(',', '\t'), text.replace(',', ';'))) {
            for (var bytes : List.of(
                    each.getBytes(StandardCharsets.UTF_8),
                    ("\ufeff" + each).getBytes(StandardCharsets.UTF_16LE),
                    ("\ufeff" + each).getBytes(StandardCharsets.UTF_16BE),
                    each.getBytes(Charset.forName("GB18030")))) {
                assertThat(read(Kind.RESIDENTS, bytes))
                        .singleElement()
                        .matches(row ->
                                row.number() == 3 && row.text(Column.BIRTH_DATE).equals("1958.3.5"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html><table><tr><td>姓名</td></tr></table>", "<?xml version=\"1.0\"?><Workbook/>"})
    void whatIsMeantForSomethingElseIsRefusedWithWords(String text) {
        assertThat(refusal(text.getBytes(StandardCharsets.UTF_8))).isEqualTo("import_type_unsupported");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!ENTITY a SYSTEM \"file:///etc/hostname\">", "<!ENTITY a \"b\">"})
    void aPartBringsNothingFromElsewhere(String definition) throws IOException {
        var sheet = HEADING + row(2, "&a;", "1948-03-12", "同意", "13900000001");

        assertThat(refusal(new Ooxml().doctype(definition).sheet(sheet).bytes()))
                .isEqualTo("import_unreadable");
    }

    private static String birthDate(Ooxml workbook, int serial) throws IOException {
        return only(workbook.sheet(HEADING + row(2, "甲", "<c s=\"1\"><v>" + serial + "</v></c>", "同意", "13900000001")))
                .text(Column.BIRTH_DATE);
    }

    private static FileRow only(Ooxml workbook) throws IOException {
        var rows = read(Kind.RESIDENTS, workbook.bytes());
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private static List<FileRow> read(Kind kind, byte[] bytes) {
        return RosterFile.read(kind, bytes, new MemoryBudget(1L << 30).hold("a"));
    }

    private static String refusal(byte[] bytes) {
        var code = new String[1];
        assertThatThrownBy(() -> read(Kind.RESIDENTS, bytes))
                .isInstanceOfSatisfying(Refusal.class, refusal -> code[0] = refusal.code());
        return code[0];
    }
}
