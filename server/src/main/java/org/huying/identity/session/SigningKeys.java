package org.huying.identity.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.huying.kernel.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The one private key that signs and the public keys that verify. A key is named by its RFC 7638 thumbprint. Immutable;
 * one for all event loops.
 */
public final class SigningKeys {
    /** A key of the set at {@code /.well-known/jwks.json}; {@code x} is the public key. */
    public record Jwk(String kty, String crv, String x, String kid, String alg, String use) {}

    private static final Pattern PEM_BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final String CURVE = "Ed25519";
    /** The JDK's own, also where a native provider is installed: keys of one implementation serve both. */
    private static final String PROVIDER = "SunEC";

    private static final int PUBLIC_KEY_BYTES = 32;

    private final PrivateKey privateKey;
    private final String keyId;
    private final Map<String, PublicKey> publicKeys;

    private SigningKeys(PrivateKey privateKey, String keyId, Map<String, PublicKey> publicKeys) {
        this.privateKey = privateKey;
        this.keyId = keyId;
        this.publicKeys = publicKeys;
    }

    /**
     * Reads a PEM file: exactly one {@code PRIVATE KEY} (PKCS#8) and any number of {@code PUBLIC KEY} blocks, which are
     * older keys whose tokens are still good.
     *
     * @throws IllegalArgumentException when it holds no private key, two of them, or keys of another kind
     */
    public static SigningKeys load(Path file) throws IOException {
        // a byte a character, so that what is no text at all is no more than unusable
        var pem = Files.readString(file, StandardCharsets.ISO_8859_1);
        try {
            return parse(pem);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "no usable Ed25519 keys in " + file + ": a block that is no key of this kind", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("no usable Ed25519 keys in " + file + ": " + e.getMessage(), e);
        }
    }

    /** Writes a new private key, readable by the owner only; never overwrites one. */
    public static void generate(Path file) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        var pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(newPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        // written aside, so that a crash leaves no half of a key
        var aside = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                "key",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(aside, pem, StandardCharsets.US_ASCII);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The public keys as a JSON Web Key Set has them, the signing one first. */
    public List<Jwk> jwks() {
        return publicKeys.entrySet().stream()
                .map(key -> new Jwk("OKP", CURVE, encodedPoint(key.getValue()), key.getKey(), "EdDSA", "sig"))
                .toList();
    }

    PrivateKey privateKey() {
        return privateKey;
    }

    String keyId() {
        return keyId;
    }

    @Nullable
    PublicKey publicKey(String id) {
        return publicKeys.get(id);
    }

    private static KeyPair newPair() {
        try {
            return KeyPairGenerator.getInstance(CURVE, PROVIDER).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK makes no " + CURVE + " keys", e);
        }
    }

    private static SigningKeys parse(String pem) throws GeneralSecurityException {
        var factory = KeyFactory.getInstance(CURVE, PROVIDER);
        PrivateKey privateKey = null;
        var publicKeys = new LinkedHashMap<String, PublicKey>();
        var older = new LinkedHashMap<String, PublicKey>();
        var blocks = PEM_BLOCK.matcher(pem);
        while (blocks.find()) {
            var der = decoded(blocks.group(2));
            switch (blocks.group(1)) {
                case "PRIVATE KEY" -> {
                    if (privateKey != null) {
                        throw new IllegalArgumentException("more than one private key");
                    }
                    privateKey = factory.generatePrivate(new PKCS8EncodedKeySpec(der));
                    var own = publicKeyOf(privateKey);
                    publicKeys.put(thumbprint(own), own);
                }
                case "PUBLIC KEY" -> {
                    var key = factory.generatePublic(new X509EncodedKeySpec(der));
                    older.put(thumbprint(key), key);
                }
                default -> throw new IllegalArgumentException("a block that is no PKCS#8 private or public key");
            }
        }
        if (privateKey == null) {
            throw new IllegalArgumentException("no private key");
        }
        var keyId = publicKeys.keySet().iterator().next();
        older.forEach(publicKeys::putIfAbsent);
        return new SigningKeys(privateKey, keyId, publicKeys);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a block that is not in base64", e);
        }
    }

    /** A PKCS#8 file has the secret only, and the JDK derives a public key only when it makes a pair: from this secret. */
    private static PublicKey publicKeyOf(PrivateKey key) throws GeneralSecurityException {
        var secret = ((EdECPrivateKey) key).getBytes().orElseThrow(() -> new IllegalArgumentException("an empty key"));
        var generator = KeyPairGenerator.getInstance(CURVE, PROVIDER);
        generator.initialize(NamedParameterSpec.ED25519, new FixedRandom(secret));
        var pair = generator.generateKeyPair();
        if (!Arrays.equals(pair.getPrivate().getEncoded(), key.getEncoded())) {
            throw new GeneralSecurityException("cannot derive the public key");
        }
        return pair.getPublic();
    }

    /** RFC 7638: the required members in lexical order. */
    private static String thumbprint(PublicKey key) throws GeneralSecurityException {
        var json = "{\"crv\":\"" + CURVE + "\",\"kty\":\"OKP\",\"x\":\"" + encodedPoint(key) + "\"}";
        var digest = Sha256.of(json.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    private static String encodedPoint(PublicKey key) {
        var der = key.getEncoded();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Arrays.copyOfRange(der, der.length - PUBLIC_KEY_BYTES, der.length));
    }

    /** "Random" bytes that are given. */
    private static final class FixedRandom extends SecureRandom {
        private final transient byte[] bytes;

        FixedRandom(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] target) {
            if (target.length != bytes.length) {
                throw new IllegalStateException("asked for " + target.length + " bytes");
            }
            System.arraycopy(bytes, 0, target, 0, target.length);
        }
    }
}
