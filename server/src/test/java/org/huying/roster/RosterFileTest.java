package org.huying.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.huying.kernel.MemoryBudget;
import org.huying.kernel.Refusal;
import org.junit.jupiter.api.Test;

/** What a workbook unpacks is bounded for each, and together with all else that requests hold. */
class RosterFileTest {
    private static final int MIB = 1 << 20;

    @Test
    void whatIsUnpackedInMemoryCountsAsHeld() throws IOException {
        var memory = new MemoryBudget(8 * MIB);
        var hold = memory.hold("a");

        assertThatThrownBy(() -> RosterFile.read(Kind.HOUSEHOLDS, workbook("xl/sharedStrings.xml", 5), hold))
                .isInstanceOfSatisfying(
                        Refusal.Unavailable.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("uploads_busy"));
        hold.release();
        assertThat(memory.bytesHeld()).isZero();
    }

    @Test
    void moreTextsThanAnyListHasAreABomb() throws IOException {
        var hold = new MemoryBudget(1_000L * MIB).hold("a");

        assertThatThrownBy(() -> RosterFile.read(Kind.HOUSEHOLDS, workbook("xl/SharedStrings.xml", 33), hold))
                .isInstanceOf(Refusal.RuleBroken.class);
        assertThatThrownBy(() -> RosterFile.read(Kind.HOUSEHOLDS, workbook("xl/worksheets/sheet1.xml", 201), hold))
                .isInstanceOf(Refusal.RuleBroken.class);
    }

    /** A part of many equal bytes: small until it is unpacked. */
    private static byte[] workbook(String part, int mebibytes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(part));
            var piece = new byte[MIB];
            for (int i = 0; i < mebibytes; i++) {
                zip.write(piece);
            }
        }
        return bytes.toByteArray();
    }
}
