package org.huying.account.personal;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.huying.db.personal.PersonalData.Person;
import org.huying.db.personal.Section;
import org.huying.db.personal.SectionReader;
import org.huying.http.JsonText;
import org.huying.photo.PersonalPhotos;

/** The archive: {@code data.json}, and the pictures by their ids. */
record ExportFile(Person person, Instant at, List<Section> sections, List<PersonalPhotos.File> pictures) {
    static final String DATA = "data.json";

    /** As {@code data.json} begins, so that whoever reads it knows what may be missing. */
    private record Head(
            UUID personId,
            UUID districtId,
            Instant generatedAt,
            int rowsMax,
            List<String> cutSections,
            List<UUID> picturesIncluded,
            Map<String, Object> sections) {}

    /** Takes a moment: not for event loops. */
    Buffer write() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            // pictures are packed already
            zip.setLevel(Deflater.BEST_SPEED);
            put(zip, DATA, JsonText.write(head()).getBytes());
            for (var picture : pictures) {
                put(zip, "photos/" + picture.id() + ".jpg", picture.jpeg().getBytes());
            }
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private Head head() {
        var byName = new LinkedHashMap<String, Object>();
        sections.forEach(section -> byName.put(section.name(), section.rows()));
        return new Head(
                person.id(),
                person.districtId(),
                at,
                SectionReader.ROWS_MAX,
                sections.stream().filter(Section::cut).map(Section::name).toList(),
                pictures.stream().map(PersonalPhotos.File::id).toList(),
                byName);
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
