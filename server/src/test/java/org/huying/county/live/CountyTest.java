package org.huying.county.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import java.nio.file.Path;
import org.huying.county.County;
import org.huying.db.Database;
import org.huying.db.Pools;
import org.huying.db.job.JobWorker;
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

    private static final County.Size SIZE =
            Boolean.getBoolean("huying.county.whole") ? County.Size.WHOLE : County.Size.SMALL;

    @TempDir
    Path directory;

    /** Looks for what is due whenever somebody looks whether it is done. */
    private static Moments working(JobWorker worker) {
        return new Moments() {
            @Override
            public void passed(String file, Step step, long rows, int progress) {}

            @Override
            public void pause() {
                await(worker.runDue());
            }
        };
    }

    @Test
    void aCountyGoesIntoServiceAndItsPeopleAreOneEach() throws Exception {
        var keys = KeyFiles.generate(directory);
        var url = TestServers.createMigratedDatabase();
        var county = County.of(SEED, SIZE, TestDay.date());
        try (var node = TestNode.answering(url, keys.read(), TestDay.running())) {
            var database = new Database(Pools.forBulk(node.vertx(), "county", url, 8));
            var live = GoingLive.found(
                    county, SEED, node.uri(), url, TestServers.ownerUrl(url), keys, working(node.worker(database)));

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
