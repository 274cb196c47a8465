package org.huying.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.huying.db.job.Jobs;
import org.huying.photo.image.Pictures;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nothing stays that nothing has claimed. */
class PhotoSweepTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    @Test
    void whatNothingClaimsIsSweptAfterADay() throws IOException {
        // given
        var resident = APP.resident(30);
        var made = resident.upload("/v1/photos", Pictures.jpeg(60, 40));
        var url = made.json().getString("url");
        assertThat(filesOf(made.id())).hasSize(2);

        // when
        APP.clock().advance(Duration.ofHours(23));
        APP.runJobs();

        // then
        assertThat(resident.get(url).status()).isEqualTo(200);

        // when
        APP.clock().advance(Duration.ofHours(1));
        APP.runJobs();

        // then
        assertThat(resident.get(url).status()).isEqualTo(404);
        assertThat(filesOf(made.id())).isEmpty();
    }

    @Test
    void aFileWithoutARowIsSweptToo() throws IOException {
        // given: a node died after it had written a file and half of another, before it wrote the row
        var id = UUID.randomUUID();
        var digits = id.toString();
        var directory = APP.photoDirectory().resolve(digits.substring(34)).resolve(digits.substring(32, 34));
        Files.createDirectories(directory);
        Files.write(directory.resolve(id + ".small.jpg"), new byte[10]);
        Files.write(directory.resolve(id + ".jpg.part"), new byte[10]);
        var job = Jobs.NewJob.of("sweep_photo", id, APP.clock().instant());
        var district = district();
        await(APP.database().inTransaction(tx -> Jobs.leave(tx, district, job)));

        // when
        APP.runJobs();

        // then
        assertThat(filesOf(id)).isEmpty();
    }

    private static UUID district() {
        return await(APP.database()
                        .read(client ->
                                client.query("SELECT id FROM district LIMIT 1").execute()))
                .iterator()
                .next()
                .getUUID("id");
    }

    private static List<String> filesOf(UUID id) throws IOException {
        try (var files = Files.walk(APP.photoDirectory())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith(id.toString()))
                    .toList();
        }
    }
}
