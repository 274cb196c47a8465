package org.huying.db;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Brings the database to the schema of this build. Blocks: it runs before anything else does. */
public final class Migrations {
    /** In seconds. A single statement of a migration, which may build an index, takes no longer than the longest. */
    private static final List<String> BOUNDS =
            List.of("connectTimeout=5", "loginTimeout=10", "socketTimeout=1800", "tcpKeepAlive=true");

    /** A role's name and password, as a database's address has them. */
    private record Login(String user, String password) {
        static Login of(URI uri) {
            var login = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
            var colon = login.indexOf(':');
            return new Login(
                    decoded(colon < 0 ? login : login.substring(0, colon)),
                    colon < 0 ? "" : decoded(login.substring(colon + 1)));
        }
    }

    private static final int OLDEST_POSTGRESQL = 18;

    private Migrations() {}

    /** The database is not one for this build; the message is for whoever starts it. */
    public static final class UnfitDatabaseException extends RuntimeException {
        UnfitDatabaseException(String message) {
            super(message);
        }
    }

    /**
     * Applies what is missing, and gives the service's role the rights that it needs and no more.
     *
     * @param ownerUrl   {@code postgresql://user:password@host:port/db}, of the role that owns the tables
     * @param serviceUrl of the role that the service runs as; where it is the owner itself, a warning is logged
     * @throws UnfitDatabaseException for an older PostgreSQL, or a schema that is not of this build
     */
    public static void run(String ownerUrl, String serviceUrl) {
        var uri = URI.create(ownerUrl);
        var owner = Login.of(uri);
        reach(uri, owner);
        if (!serviceUrl.equals(ownerUrl)) {
            reach(URI.create(serviceUrl), Login.of(URI.create(serviceUrl)));
        }
        var flyway = Flyway.configure()
                .dataSource(jdbcUrl(uri), owner.user(), owner.password())
                .locations("classpath:db/migration")
                .placeholders(
                        Map.of("serviceRole", Login.of(URI.create(serviceUrl)).user()))
                .validateMigrationNaming(true)
                .load();
        try {
            requireNotNewer(flyway.info());
            flyway.migrate();
        } catch (FlywayValidateException e) {
            throw new UnfitDatabaseException("the migrations that made its tables are not those of this build");
        }
    }

    private static void reach(URI uri, Login login) {
        try (var connection = DriverManager.getConnection(jdbcUrl(uri), login.user(), login.password())) {
            var about = connection.getMetaData();
            if (about.getDatabaseMajorVersion() < OLDEST_POSTGRESQL) {
                throw new UnfitDatabaseException("it is PostgreSQL " + about.getDatabaseProductVersion()
                        + ", and version " + OLDEST_POSTGRESQL + " or newer is needed");
            }
        } catch (SQLException e) {
            throw new FlywayException("cannot connect as " + login.user(), e);
        }
    }

    /** An older build would give rights, and write rows, as its own schema has them. */
    private static void requireNotNewer(MigrationInfoService info) {
        for (var migration : info.applied()) {
            if (migration.getState() == MigrationState.FUTURE_SUCCESS) {
                throw new UnfitDatabaseException("a newer build has migrated it, to " + migration.getVersion()
                        + ": start that build, or a newer one");
            }
        }
    }

    /** What the address does not say itself is bounded by us: also a connection that is taken and never answered. */
    static String jdbcUrl(URI uri) {
        var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        var said = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        var query = Stream.concat(
                        Stream.of(said).filter(any -> !any.isEmpty()),
                        BOUNDS.stream().filter(bound -> !("&" + said).contains("&" + nameOf(bound))))
                .collect(Collectors.joining("&"));
        return "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + "?" + query;
    }

    /** With the sign behind it. */
    private static String nameOf(String parameter) {
        return parameter.substring(0, parameter.indexOf('=') + 1);
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
