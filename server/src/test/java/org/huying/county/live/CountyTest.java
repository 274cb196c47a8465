package org.huying.county.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.huying.county.County;
import org.huying.testing.KeyFiles;
import org.huying.testing.TestDay;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an empty database to a county in service, with registers as offices keep them. */
@Tag("long")
class CountyTest {
    /** Another county, when it is wanted. */
    private static final long SEED = Long.getLong("huying.county", 14);

    @TempDir
    Path directory;

    @Test
    void aCountyGoesIntoServiceAndItsPeopleAreOneEach() throws Exception {
        var keys = KeyFiles.generate(directory);
        var url = TestServers.createMigratedDatabase();
        var county = County.of(SEED, County.Size.SMALL, TestDay.date());
        try (var node = TestNode.start(url, keys.read(), TestDay.running())) {
            var live = GoingLive.found(
                    county, SEED, node.uri(), url, TestServers.ownerUrl(url), keys, Moments.NONE);

            live.setUp();
            live.households();
            live.takeBackTheLargest();
            live.residents();
            live.firstDay(TestDay.date().plusDays(1));

            live.report().forEach(System.out::println);
            assertThat(live.faults()).isEmpty();
        }
    }
}
