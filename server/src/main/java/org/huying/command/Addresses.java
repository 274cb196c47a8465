package org.huying.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Addresses as they are typed; never repeated where they may hold a password. */
public final class Addresses {
    private static final int PORT_MAX = 65_535;

    private Addresses() {}

    /** Of a running service: scheme, host and port, whatever path stands behind them. */
    public static URI service(String text) {
        var uri = parse(text);
        if (uri == null || uri.getUserInfo() != null || !isWhole(uri, Set.of("http", "https"))) {
            throw new CommandException("not an address of a service, such as http://127.0.0.1:8080: " + text);
        }
        return uri;
    }

    /** Of a database. */
    public static String database(String text) {
        var uri = parse(text);
        if (uri == null
                || !isWhole(uri, Set.of("postgresql", "postgres"))
                || uri.getPath().length() < 2) {
            throw new CommandException(
                    "not an address of a database, such as postgresql://user:password@host:5432/name");
        }
        return text;
    }

    public static boolean isDatabase(String text) {
        return text.startsWith("postgresql://") || text.startsWith("postgres://");
    }

    private static boolean isWhole(URI uri, Set<String> schemes) {
        return uri.getScheme() != null
                && schemes.contains(uri.getScheme())
                && uri.getHost() != null
                && uri.getPort() <= PORT_MAX
                && uri.getPort() != 0;
    }

    private static @Nullable URI parse(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
