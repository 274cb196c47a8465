package org.huying.demo.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.huying.testing.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    @TempDir
    private Path directory;

    @Test
    void aProgramThatIsStillHeldOpenIsStartedWhenItIsNot() throws Exception {
        // given: as by another process that was forked while it was written
        var program = Files.copy(Path.of("/bin/true").toRealPath(), directory.resolve("program"));
        var log = directory.resolve("log");
        CompletableFuture<Integer> ended;
        try (var held = new FileOutputStream(program.toFile(), true)) {
            assertThat(held.getFD().valid()).isTrue();
            ended = CompletableFuture.supplyAsync(() -> run(program, log));
            Eventually.until("it was tried", () -> Files.exists(log));
            assertThat(ended).isNotDone();
        }

        // then
        assertThat(ended.join()).isZero();
    }

    private int run(Path program, Path log) {
        try {
            return Commands.run(List.of(program.toString()), directory, log);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
