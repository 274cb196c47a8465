package org.huying.app;

/** Why the service cannot start, in words for whoever starts it. */
public final class StartException extends RuntimeException {
    public StartException(String message) {
        super(message);
    }
}
