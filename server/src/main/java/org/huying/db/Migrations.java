package org.huying.db;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.flywaydb.core.Flyway;

/** Brings the database to the schema of this build. Blocks: it runs before anything else does. */
public final class Migrations {
    private Migrations() {}

    /**
     * Applies what is missing.
     *
     * @param url {@code postgresql://user:password@host:port/db}, of a role that may change the schema
     */
    public static void run(String url) {
        var uri = URI.create(url);
        var login = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
        var colon = login.indexOf(':');
        Flyway.configure()
                .dataSource(
                        jdbcUrl(uri),
                        decoded(colon < 0 ? login : login.substring(0, colon)),
                        colon < 0 ? null : decoded(login.substring(colon + 1)))
                .locations("classpath:db/migration")
                .validateMigrationNaming(true)
                .load()
                .migrate();
    }

    private static String jdbcUrl(URI uri) {
        var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        var query = uri.getRawQuery() == null ? "?connectTimeout=5" : "?" + uri.getRawQuery();
        return "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query;
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
