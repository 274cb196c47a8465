package org.huying.command;

/** Why a program cannot do what it was asked for; the message is made to be read by whoever started it. */
public final class CommandException extends RuntimeException {
    public CommandException(String message) {
        super(message);
    }

    public CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
