package org.huying.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.huying.testing.TestApp.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.huying.kernel.Refusal;
import org.huying.photo.image.Rendition;
import org.huying.testing.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where photos are kept may be full, or gone. */
class PhotoWorkshopTest {
    @TempDir
    private Path directory;

    @Test
    void aDirectoryThatTakesNothingIsAnOutage() throws IOException {
        // given: a file where the directory should be, which fails like a disk that is full
        var vertx = Vertx.vertx();
        var workshop = new PhotoWorkshop(
                vertx,
                Files.createFile(directory.resolve("photos")),
                TestKeys.generate().cipher(),
                new SimpleMeterRegistry());
        var picture = new Rendition(Buffer.buffer("full"), Buffer.buffer("small"), 1, 1);

        // when, then
        assertThatThrownBy(() -> await(workshop.put(UUID.randomUUID(), picture)))
                .rootCause()
                .isInstanceOfSatisfying(
                        Refusal.Unavailable.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("storage_unavailable"));
        await(vertx.close());
    }
}
