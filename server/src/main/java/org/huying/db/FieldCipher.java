package org.huying.db;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.huying.kernel.spelling.NormalForm;
import org.jspecify.annotations.Nullable;

/**
 * Seals personal data before it reaches a table: AES-256-GCM under the current key, each value naming its key so that
 * keys rotate while older values wait to be sealed anew. A sealed value is {@code key id (1 byte) | nonce (12) | ciphertext and tag}.
 * {@link #index} is a keyed hash, for finding equal values without opening any.
 */
public final class FieldCipher {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** What is sealed in files is told by its first byte from what is not, so no key has the id that a JPEG begins with. */
    private static final int FIRST_KEY_ID = 1;

    private final Map<Byte, SecretKeySpec> keys;
    private final byte currentKeyId;
    private final SecretKeySpec indexKey;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param keys         32-byte keys by id; older ones are kept for reading
     * @param currentKeyId the one that seals
     * @param indexKey     32 bytes; does not rotate, or look-ups would miss
     */
    public FieldCipher(Map<Byte, byte[]> keys, byte currentKeyId, byte[] indexKey) {
        if (!keys.containsKey(currentKeyId)) {
            throw new IllegalArgumentException("no key with the current id " + currentKeyId);
        }
        var specs = new HashMap<Byte, SecretKeySpec>();
        keys.forEach((id, key) -> specs.put(requireId(id), new SecretKeySpec(requireLength(key), "AES")));
        this.keys = Map.copyOf(specs);
        this.currentKeyId = currentKeyId;
        this.indexKey = new SecretKeySpec(requireLength(indexKey), "HmacSHA256");
    }

    /** The key that seals. */
    public byte currentKeyId() {
        return currentKeyId;
    }

    /** All keys that open, the current one among them. */
    public Set<Byte> keyIds() {
        return keys.keySet();
    }

    /** The key that a value is sealed under. */
    public static byte keyIdOf(Buffer sealed) {
        return sealed.getByte(0);
    }

    /** Absent stays absent. */
    public @Nullable Buffer seal(@Nullable String text) {
        return text == null ? null : sealBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Absent stays absent. */
    public @Nullable String open(@Nullable Buffer sealed) {
        return sealed == null ? null : new String(openBytes(sealed), StandardCharsets.UTF_8);
    }

    /** Opens a column that is never null. */
    public String openPresent(Buffer sealed) {
        return new String(openBytes(sealed), StandardCharsets.UTF_8);
    }

    public Buffer sealBytes(byte[] clear) {
        return sealBytes(currentKeyId, clear);
    }

    /** Under an older key; only for showing that it is the same. */
    public Buffer sealBytes(byte keyId, byte[] clear) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, keyId, nonce);
            var out = ByteBuffer.allocate(1 + NONCE_BYTES + clear.length + TAG_BITS / 8);
            out.put(keyId).put(nonce).put(cipher.doFinal(clear));
            return Buffer.buffer(out.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal", e);
        }
    }

    public byte[] openBytes(Buffer sealed) {
        var bytes = sealed.getBytes();
        try {
            var nonce = Arrays.copyOfRange(bytes, 1, 1 + NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, bytes[0], nonce)
                    .doFinal(bytes, 1 + NONCE_BYTES, bytes.length - 1 - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot open a sealed value: wrong key or damaged", e);
        }
    }

    /**
     * For finding what has been typed, however it is spelled: {@code edition of the normal form (1 byte) | keyed hash (32)},
     * so that what was indexed under an older edition is told from what was not.
     */
    public Buffer index(NormalForm form) {
        return Buffer.buffer().appendByte(NormalForm.EDITION).appendBytes(hmac(form.text()));
    }

    /** Equal for equal text, and says nothing of the text without the key. Of secrets and keys, which have one spelling. */
    public Buffer index(String text) {
        return Buffer.buffer(hmac(text));
    }

    private byte[] hmac(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(indexKey);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot index", e);
        }
    }

    private Cipher cipher(int mode, byte keyId, byte[] nonce) throws GeneralSecurityException {
        var key = keys.get(keyId);
        if (key == null) {
            throw new GeneralSecurityException("no data key with id " + keyId);
        }
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    private static byte requireId(byte id) {
        if (id < FIRST_KEY_ID) {
            throw new IllegalArgumentException("the id of a data key is from 1 to 127, not " + id);
        }
        return id;
    }

    private static byte[] requireLength(byte[] key) {
        if (key.length != 32) {
            throw new IllegalArgumentException("a data key has 32 bytes, this one has " + key.length);
        }
        return key;
    }
}
