package org.huying.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.huying.testing.TestApp.await;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.huying.kernel.spelling.NormalForm;
import org.huying.testing.HeldTransaction;
import org.huying.testing.Reply;
import org.huying.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody stands in a file and at the grid member's door at once. */
class ImportRegistrationRaceTest {
    @RegisterExtension
    static final TestApp APP = new TestApp();

    private static final ImportActs ACTS = new ImportActs(APP);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    @Test
    void whoIsJustBeingRegisteredIsAskedAboutAndNotMadeTwice() {
        // given
        var name = name();
        var file = file(name);
        var digest = ACTS.check(file).getString("digest");
        var held = heldUpAt("resident");

        // when
        var registered = register(name);
        held.untilWaiting(1, registered);
        var import_ = ACTS.start(file, "&digest=" + digest).withStatus(201);
        var written = CompletableFuture.runAsync(APP::runInnerJobs);
        held.untilWaiting(2, written);
        held.commit();

        // then
        registered.join().withStatus(201);
        written.join();
        var done = APP.staff("admin").get("/v1/imports/" + import_.id()).json();
        assertThat(done.getLong("created")).isZero();
        assertThat(done.getLong("doubtful")).isOne();
        assertThat(called(name)).isOne();
    }

    @Test
    void whoIsJustBeingTakenInIsFoundByWhoeverRegistersThem() {
        // given
        var name = name();
        var file = file(name);
        var digest = ACTS.check(file).getString("digest");
        var held = heldUpAt("household_member");

        // when
        ACTS.start(file, "&digest=" + digest).withStatus(201);
        var written = CompletableFuture.runAsync(APP::runInnerJobs);
        held.untilWaiting(1, written);
        var registered = register(name);
        held.untilWaiting(2, registered);
        held.commit();

        // then
        written.join();
        assertThat(registered.join().withStatus(409).code()).isEqualTo("resident_exists");
        assertThat(called(name)).isOne();
    }

    // ---- acts ----

    private static CompletableFuture<Reply> register(String name) {
        var asked = new JsonObject()
                .put("name", name)
                .put("birthDate", "1950-01-01")
                .put("birthDateVerified", true)
                .put("consentNote", "口头同意");
        return APP.staff("grid-member-1").postLater("/v1/residents", asked);
    }

    private static byte[] file(String name) {
        var row = name + ",1950-01-01,1397003" + (1000 + NUMBERS.incrementAndGet()) + ",同意";
        return ("姓名,出生日期,电话,同意说明\n" + row).getBytes(StandardCharsets.UTF_8);
    }

    private static String name() {
        return "门口" + NUMBERS.incrementAndGet();
    }

    private static HeldTransaction heldUpAt(String table) {
        return HeldTransaction.againstWritesTo(APP.database(), table);
    }

    private static int called(String name) {
        return await(APP.database()
                .read(client -> client.preparedQuery("SELECT id FROM resident WHERE name_index = $1")
                        .execute(Tuple.of(APP.cipher().index(NormalForm.ofName(name))))
                        .map(rows -> rows.size())));
    }
}
