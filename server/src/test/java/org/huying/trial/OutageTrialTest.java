package org.huying.trial;

import static org.assertj.core.api.Assertions.assertThat;

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
    private static final int SMALL_BACKLOG = 2_000;

    @Test
    void whateverHappensNothingAcknowledgedIsLostAndNoRequestIsCut() throws Exception {
        // Not under a directory of the test's: PostgreSQL runs as somebody else who has to get there.
        Path directory = Files.createDirectories(TestServers.directory().resolve("trial"));
        // The balancer needs its time on a busy machine.
        var settings = Map.of("HUYING_STOP_DELAY", "PT5S");
        try (var installation = new Installation(directory, directory.resolve("postgres"), settings)) {
            var outages = new OutageTrial(installation, Bounds.GENEROUS);
            var stops = new StopTrial(installation, Bounds.GENEROUS, SMALL_BACKLOG);
            var clocks = new ClockTrial(installation, Bounds.GENEROUS);
            assertThat(List.of(
                            outages.failedOver(),
                            outages.backendsStopped(),
                            clocks.aheadAndBack(),
                            stops.withABacklog()))
                    .allMatch(Outcome::isGood);
        }
    }
}
