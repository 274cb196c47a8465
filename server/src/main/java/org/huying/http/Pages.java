package org.huying.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The contract to browse, at {@code /docs}, and whatever else is for eyes; needs nothing from elsewhere. */
public final class Pages {
    private static final String SWAGGER_UI = "META-INF/resources/webjars/swagger-ui/";
    private static final String SWAGGER_UI_VERSION = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final String POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    private Pages() {}

    static boolean serves(HttpServerRequest request) {
        var path = request.path();
        return request.method().equals(HttpMethod.GET)
                && path != null
                && (path.equals("/docs") || path.startsWith("/docs/"))
                // No page has a name that must be escaped, and the router takes a wrong escape for a fault of ours.
                && path.indexOf('%') < 0;
    }

    public static Router router(Vertx vertx) {
        var router = Router.router(vertx);
        router.getWithRegex("/docs").handler(context -> context.redirect("/docs/"));
        router.get("/docs/*").handler(context -> {
            context.response().putHeader("Content-Security-Policy", POLICY);
            SecurityHeaders.add(context.response().headers());
            context.next();
        });
        router.get("/docs/*").handler(files("webroot/docs"));
        router.get("/docs/ui/*").handler(files(SWAGGER_UI + swaggerUiVersion()));
        return router;
    }

    private static StaticHandler files(String root) {
        return StaticHandler.create(FileSystemAccess.RELATIVE, root)
                .setIndexPage("index.html")
                // Small files; a range that is none would be logged as a fault of ours.
                .setEnableRangeSupport(false)
                .setIncludeHidden(false);
    }

    private static String swaggerUiVersion() {
        try (var in = Objects.requireNonNull(Pages.class.getResourceAsStream(SWAGGER_UI_VERSION), SWAGGER_UI_VERSION)) {
            var properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
