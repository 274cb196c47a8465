package org.huying.demo.embedded;

import org.jspecify.annotations.Nullable;

/** An embedded server cannot start or stop; the message is made to be shown to whoever started the process. */
public final class EmbeddedServerException extends RuntimeException {
    EmbeddedServerException(String message) {
        super(message);
    }

    EmbeddedServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
