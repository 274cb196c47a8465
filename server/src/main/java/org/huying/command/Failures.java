package org.huying.command;

import io.vertx.sqlclient.DatabaseException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The one place where failures of files, networks and databases become sentences. */
public final class Failures {
    private static final Pattern ADDRESS = Pattern.compile(
            "(?<![A-Za-z0-9.-])([A-Za-z0-9.-]{1,253}|\\[[0-9a-fA-F:]{2,39}])[/:]{1,2}([0-9.]{7,15}:)?([0-9]{1,5})\\b");
    private static final int LONGEST_PLAIN = 80;
    private static final String NO_HOST = "there is no such host";
    private static final String NOBODY = "nothing answers there: the connection is refused";

    private Failures() {}

    /** What is wrong, by the first cause that is known here; empty when none is. */
    public static Optional<String> inWords(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            var words = each instanceof CommandException ? each.getMessage() : words(each);
            if (words != null) {
                return Optional.of(words);
            }
        }
        return Optional.empty();
    }

    /** As {@link #inWords}, for a sentence that goes on before and after. */
    public static String inAnyWords(Throwable failure) {
        return inWords(failure).orElse("the reason is unknown");
    }

    /** A connection to a host that does not exist is refused, as some tell it. */
    private static boolean hasNoHost(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof UnresolvedAddressException || each instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String words(Throwable failure) {
        if (failure instanceof DatabaseException refused) {
            return ofDatabase(refused.getSqlState(), refused.getMessage());
        } else if (failure instanceof SQLException refused) {
            return ofDatabase(refused.getSQLState(), refused.getMessage());
        } else if (failure instanceof OutOfMemoryError) {
            return "there is not enough memory for this";
        } else if (failure instanceof InvalidPathException wrong) {
            return "not a path: " + wrong.getInput();
        } else if (failure instanceof TimeoutException) {
            return "no answer came in time";
        }
        if (failure instanceof UnresolvedAddressException || failure instanceof UnknownHostException) {
            return NO_HOST;
        }
        return failure instanceof IOException io ? ofInputOrOutput(io) : null;
    }

    private static @Nullable String ofInputOrOutput(IOException failure) {
        if (failure instanceof FileSystemException file) {
            return ofFile(file);
        } else if (failure instanceof FileNotFoundException) {
            return "there is no such file: " + failure.getMessage();
        } else if (failure instanceof CharacterCodingException) {
            return "the file is not text in UTF-8";
        } else if (failure instanceof BindException) {
            return "an address or a port of this machine cannot be listened on: it is in use, or is none of its own";
        } else if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return hasNoHost(failure) ? NO_HOST : "nothing answers at " + address(failure);
        } else if (failure instanceof SocketTimeoutException
                || failure.getClass().getName().startsWith("java.net.http.Http")) {
            return "no answer came in time";
        } else if (failure instanceof SSLException) {
            return "no safe connection can be made there";
        } else if (failure instanceof SocketException) {
            return "the connection was broken off";
        }
        // "Is a directory", "No space left on device": the words of the operating system.
        var words = failure.getMessage();
        return words != null && isPlain(words) ? words : null;
    }

    /** A few words without any sign in them. */
    private static boolean isPlain(String words) {
        return words.length() < LONGEST_PLAIN
                && words.indexOf(' ') > 0
                && Character.isUpperCase(words.charAt(0))
                && words.chars().allMatch(c -> Character.isLetter(c) || c == ' ' || c == '-');
    }

    private static String ofFile(FileSystemException failure) {
        var file = failure.getFile();
        if (failure instanceof NoSuchFileException) {
            return "there is no such file: " + file;
        } else if (failure instanceof AccessDeniedException) {
            return "not allowed: " + file;
        } else if (failure instanceof FileAlreadyExistsException) {
            return "in the way: " + file;
        } else if (failure instanceof NotDirectoryException) {
            return "no directory: " + file;
        }
        return (file == null ? "a file" : file) + " cannot be used"
                + (failure.getReason() == null ? "" : ": " + failure.getReason());
    }

    /** By the classes of states that the SQL standard and PostgreSQL have. */
    private static String ofDatabase(@Nullable String state, @Nullable String message) {
        var known = state == null ? "" : state;
        if (known.startsWith("28")) {
            return "the database refuses this user name or password";
        } else if (known.equals("3D000")) {
            return "there is no such database on that server";
        } else if (known.startsWith("08")) {
            return message == null ? NOBODY : "nothing answers at " + addressIn(message);
        } else if (known.startsWith("42P") || known.equals("42703") || known.startsWith("3F")) {
            return "the database is not as this build has it; start the service on it first, which brings it up to date";
        } else if (known.equals("42501")) {
            return "this user may not do that in this database";
        } else if (known.startsWith("53") || known.startsWith("57")) {
            return "the database cannot work now: " + firstLine(message);
        }
        return "the database refuses: " + firstLine(message);
    }

    private static String address(IOException failure) {
        return addressIn(String.valueOf(failure.getMessage()));
    }

    /** Out of the words of whoever tried to connect, which differ; never the whole of them. */
    private static String addressIn(String words) {
        var found = ADDRESS.matcher(words);
        return found.find() ? found.group().replaceFirst("^/", "").replaceFirst("/[0-9.]+:", ":") : "the address given";
    }

    private static String firstLine(@Nullable String message) {
        return message == null
                ? "it gives no reason"
                : message.lines().findFirst().orElse("it gives no reason");
    }
}
