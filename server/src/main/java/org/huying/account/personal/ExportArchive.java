package org.huying.account.personal;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.huying.db.personal.PersonalData.Person;
import org.huying.db.personal.Section;
import org.huying.http.JsonText;

/**
 * The archive while it is written: {@code data.json}, and then the pictures by their ids. What is packed is taken away
 * piece by piece. Takes moments: not for event loops. Of one export, which does one thing after another.
 */
final class ExportArchive {
    static final String DATA = "data.json";

    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(packed, StandardCharsets.UTF_8);
    private boolean isFirstSection = true;
    private boolean isFirstRow = true;

    ExportArchive() {
        // pictures are packed already
        zip.setLevel(Deflater.BEST_SPEED);
    }

    void begin(Person person, Instant at, List<UUID> pictures) throws IOException {
        zip.putNextEntry(new ZipEntry(DATA));
        text("{\"personId\":");
        json(person.id());
        text(",\"districtId\":");
        json(person.districtId());
        text(",\"generatedAt\":");
        json(at);
        text(",\"rowsMax\":" + Section.ROWS_MAX + ",\"picturesIncluded\":");
        json(pictures);
        text(",\"sections\":{");
    }

    void beginSection(String name) throws IOException {
        text(isFirstSection ? "" : ",");
        json(name);
        text(":[");
        isFirstSection = false;
        isFirstRow = true;
    }

    void rows(List<Map<String, Object>> rows) throws IOException {
        for (var row : rows) {
            text(isFirstRow ? "" : ",");
            json(row);
            isFirstRow = false;
        }
    }

    void endSection() throws IOException {
        text("]");
    }

    /** @param cut the sections that have more rows than are told */
    void endData(List<String> cut) throws IOException {
        text("},\"cutSections\":");
        json(cut);
        text("}");
        zip.closeEntry();
    }

    void picture(UUID id, byte[] jpeg) throws IOException {
        zip.putNextEntry(new ZipEntry("photos/" + id + ".jpg"));
        zip.write(jpeg);
        zip.closeEntry();
    }

    void end() throws IOException {
        zip.close();
    }

    /** How many bytes wait to be taken. */
    int size() {
        return packed.size();
    }

    /** What has been packed since. */
    Buffer take() {
        var piece = Buffer.buffer(packed.toByteArray());
        packed.reset();
        return piece;
    }

    private void text(String text) throws IOException {
        zip.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void json(Object value) throws IOException {
        zip.write(JsonText.write(value).getBytes());
    }
}
