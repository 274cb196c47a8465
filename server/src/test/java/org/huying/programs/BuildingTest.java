package org.huying.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.huying.testing.Streams;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the scripts build and how they call Maven, in a checkout of nothing: a build inside this one would take minutes. */
class BuildingTest {
    @TempDir
    Path checkout;

    @BeforeEach
    void checkOut() throws IOException {
        Files.createDirectory(checkout.resolve("scripts"));
        for (var script : List.of("build", "fmt", "recompute")) {
            Files.copy(
                    Script.CHECKOUT.resolve("scripts").resolve(script),
                    checkout.resolve("scripts").resolve(script));
        }
        for (var directory :
                List.of(".mvn", "api-spec", "server/src/main", "server/src/test", "server/target", "bin")) {
            Files.createDirectories(checkout.resolve(directory));
        }
        for (var file : List.of("pom.xml", "api-spec/pom.xml", "api-spec/openapi.yaml", "server/pom.xml")) {
            Files.createFile(checkout.resolve(file));
        }
        Files.writeString(checkout.resolve("server/target/test-classpath"), "lib.jar");
        var maven = Files.writeString(checkout.resolve("bin/mvn"), """
                #!/bin/sh
                echo "$*" >> "$(dirname "$0")/../asked"
                for i in $(seq 120); do echo "[INFO] Downloaded from central: https://example.invalid/$i.jar (1 kB at 1 kB/s)"; done
                echo '[INFO] --- compiler:3.15.0:compile (default-compile) @ huying-server ---'
                echo '[WARNING] something about nothing'
                if [ -e "$(dirname "$0")/../broken" ]; then
                  echo '[ERROR] Some.java:[3,1] no such symbol'
                  exit 1
                fi
                """);
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
        var java = Files.writeString(checkout.resolve("bin/java"), "#!/bin/sh\necho \"$*\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void whoRecomputesNeedsNoTests() throws IOException {
        var ended = run("recompute", "http://127.0.0.1:8080", "somebody");
        assertThat(ended.out())
                .isEqualTo(
                        "-cp server/target/huying-server.jar org.huying.audit.Recompute http://127.0.0.1:8080 somebody\n");
        assertThat(asked()).containsExactly("-B package -Dmaven.test.skip=true");
    }

    @Test
    void itBuildsWhatIsNotBuiltAndNothingTwice() throws IOException {
        assertThat(run("build").out()).isEqualTo("server/target/huying-server.jar\n");
        assertThat(run("build").out()).isEqualTo("server/target/huying-server.jar\n");
        assertThat(asked()).containsExactly("-B package -Dmaven.test.skip=true");

        var later = FileTime.from(Instant.now().plusSeconds(5));
        Files.setLastModifiedTime(Files.createFile(checkout.resolve("server/src/main/New.java")), later);
        run("build");
        assertThat(asked()).hasSize(2);
    }

    @Test
    void itSaysWhatItIsDoing() {
        assertThat(run("build").err().lines().map(BuildingTest::withoutSeconds))
                .containsExactly(
                        "build: for the first time: some minutes, and more where Maven has to fetch the libraries",
                        "build: N s, 50 files fetched",
                        "build: N s, 100 files fetched",
                        "build: N s, compiler:3.15.0:compile (default-compile) @ huying-server",
                        "build: done after N s");
        assertThat(run("build").err()).isEmpty();
    }

    @Test
    void whatDoesNotBuildIsShownAndNotTakenForBuilt() throws IOException {
        var broken = Files.createFile(checkout.resolve("broken"));

        var ended = run("build");
        Files.delete(broken);

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).endsWith("[ERROR] Some.java:[3,1] no such symbol\n");
        assertThat(run("build").err()).contains("for the first time");
    }

    private static String withoutSeconds(String line) {
        return line.replaceAll("[0-9]+ s\\b", "N s");
    }

    @Test
    void testsAreBuiltApart() throws IOException {
        var built = run("build", "--tests");
        assertThat(built.out()).isEqualTo("server/target/test-classes:server/target/classes:lib.jar\n");
        run("build", "--tests");
        assertThat(asked()).singleElement().asString().startsWith("-B test-compile dependency:");
    }

    @Test
    void whatItDoesNotKnowIsRefused() {
        var ended = run("build", "--everything");
        assertThat(ended.err()).isEqualTo("usage: scripts/build [--tests]\n");
        assertThat(ended.code()).isEqualTo(2);
    }

    @Test
    void formattingIsMavens() throws IOException {
        assertThat(run("fmt").code()).isZero();
        assertThat(asked()).containsExactly("-B -q -ntp spotless:apply");
    }

    private Streams run(String script, String... arguments) {
        return Script.of(checkout.resolve("scripts").resolve(script), arguments)
                .with("BUILT_CLASSPATH", "")
                .with("PATH", checkout.resolve("bin") + ":" + System.getenv("PATH"))
                .run();
    }

    private List<String> asked() throws IOException {
        return Files.readAllLines(checkout.resolve("asked"));
    }
}
