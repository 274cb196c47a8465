package org.huying.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of keys: made once, before there is anything under them, and never again. */
class KeysTest {
    @TempDir
    Path directory;

    private Keys keys() {
        return Keys.of(Settings.from(Map.of("HUYING_DATA_DIR", directory.toString())));
    }

    @Test
    void theyAreMadeOnceAndKept() {
        var first = keys();
        assertThat(first.cipher().open(keys().cipher().seal("王秀兰"))).isEqualTo("王秀兰");
        assertThat(keys().signing().jwks()).isEqualTo(first.signing().jwks());
    }

    @ParameterizedTest
    @CsvSource({
        "data-keys.properties, postgres/data",
        "data-keys.properties, photos",
        "jwt-keys.pem, postgres/data",
        "jwt-keys.pem, photos"
    })
    void besideDataAMissingOneIsNotMadeAnew(String name, String data) throws IOException {
        keys();
        Files.createDirectories(directory.resolve(data));
        var file = directory.resolve(name);
        Files.delete(file);
        assertThatThrownBy(this::keys)
                .isInstanceOf(StartException.class)
                .hasMessageContaining("the file " + file + " is missing beside the data")
                .hasMessageContaining("put it back from its backup");
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "current=1\n",
                "current=x\nkey.1=AAAA\nindex=AAAA\n",
                "current=1\nkey.one=AAAA\nindex=AAAA\n",
                "current=1\nkey.1=s3cr3t-!\nindex=AAAA\n",
                "current=1\nkey.1=AAAA\nindex=AAAA\n",
                "current=300\nkey.300=AAAA\n",
                "current=\\uzzzz\n"
            })
    void whatIsNoFileOfKeysIsSaidInPlainWords(String content) throws IOException {
        var file = Files.writeString(directory.resolve("data-keys.properties"), content);
        assertPlain("no usable data keys in " + file + ": ");
    }

    @Test
    void whatIsNoTextIsSaidInPlainWords() throws IOException {
        var file = Files.write(directory.resolve("data-keys.properties"), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
        assertPlain("no usable data keys in " + file + ": ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
                "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n"
            })
    void whatIsNoSigningKeyIsSaidInPlainWords(String content) throws IOException {
        var file = Files.writeString(directory.resolve("jwt-keys.pem"), content);
        assertPlain("no usable Ed25519 keys in " + file + ": ");
    }

    private void assertPlain(String beginning) {
        assertThatThrownBy(this::keys)
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith(beginning)
                .hasMessageNotContainingAny("Exception", "java.", "Illegal", "Input", "s3cr3t", "null");
    }
}
