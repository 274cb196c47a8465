package org.huying.identity.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {
    /** The key of RFC 8037, appendix A, as PKCS#8 and as SubjectPublicKeyInfo. */
    static final String RFC_PRIVATE = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
            -----END PRIVATE KEY-----
            """;

    static final String RFC_PUBLIC = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
            -----END PUBLIC KEY-----
            """;

    @TempDir
    private Path directory;

    @Test
    void the_public_key_and_its_thumbprint_are_those_of_the_rfc() throws IOException {
        // given
        var file = write(RFC_PRIVATE);

        // when
        var keys = SigningKeys.load(file);

        // then
        assertThat(keys.jwks())
                .containsExactly(new SigningKeys.Jwk(
                        "OKP",
                        "Ed25519",
                        "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
                        "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
                        "EdDSA",
                        "sig"));
    }

    @Test
    void a_generated_key_is_for_its_owner_only_and_is_never_overwritten() throws IOException {
        // given
        var file = directory.resolve("jwt.pem");
        SigningKeys.generate(file);
        var first = Files.readString(file);

        // when
        assertThatThrownBy(() -> SigningKeys.generate(file)).isInstanceOf(FileAlreadyExistsException.class);

        // then
        assertThat(Files.readString(file)).isEqualTo(first);
        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(directory).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.new");
        assertThat(SigningKeys.load(file).jwks()).hasSize(1);
    }

    @Test
    void older_public_keys_come_after_the_signing_one_and_each_once() throws IOException {
        // given
        var current = directory.resolve("current.pem");
        SigningKeys.generate(current);
        var file = write(RFC_PUBLIC + Files.readString(current) + RFC_PUBLIC);

        // when
        var keys = SigningKeys.load(file);

        // then
        assertThat(keys.jwks())
                .extracting(SigningKeys.Jwk::kid)
                .containsExactly(keys.keyId(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    @Test
    void no_key_two_keys_other_keys_and_rubbish_are_refused() throws IOException {
        // given
        var other = RFC_PRIVATE.replace("MC4CAQAwBQYDK2VwBCIEIJ1h", "MC4CAQAwBQYDK2VuBCIEIJ1h");

        // when, then
        assertThatThrownBy(() -> SigningKeys.load(write(""))).hasMessageContaining("no private key");
        assertThatThrownBy(() -> SigningKeys.load(write(RFC_PUBLIC))).hasMessageContaining("no private key");
        assertThatThrownBy(() -> SigningKeys.load(write(RFC_PRIVATE + RFC_PRIVATE)))
                .hasMessageContaining("more than one");
        assertThatThrownBy(() -> SigningKeys.load(write(other))).hasMessageContaining("no usable Ed25519 keys");
        assertThatThrownBy(() -> SigningKeys.load(write("\u00ff"))).hasMessageContaining("no private key");
        assertThatThrownBy(() -> SigningKeys.load(directory.resolve("absent"))).isInstanceOf(IOException.class);
    }

    private Path write(String pem) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "keys", ".pem"), pem);
    }
}
