package org.huying.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The trials of {@code scripts/trial} that take little time, with bounds that a busy machine does not break. */
@Tag("long")
class OutageTrialTest {
    @Test
    void whateverHappensToDatabaseAndClockNothingAcknowledgedIsLost() throws IOException {
        // Not under a directory of the test's: PostgreSQL runs as somebody else who has to get there.
        Path directory = Files.createDirectories(TestServers.directory().resolve("trial"));
        try (var installation = new Installation(directory, directory.resolve("postgres"), Map.of())) {
            var outages = new OutageTrial(installation, Bounds.GENEROUS);
            var clocks = new ClockTrial(installation, Bounds.GENEROUS);
            assertThat(List.of(outages.failedOver(), outages.backendsStopped(), clocks.aheadAndBack()))
                    .allMatch(Outcome::isGood);
        }
    }
}
