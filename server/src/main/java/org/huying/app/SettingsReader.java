package org.huying.app;

import io.netty.util.NetUtil;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.huying.http.TrustedProxies;
import org.jspecify.annotations.Nullable;

/** Turns text into values and collects what cannot be turned; never repeats a value, which may be a secret. */
final class SettingsReader {
    private final Map<String, String> environment;
    private final List<String> faults = new ArrayList<>();

    SettingsReader(Map<String, String> environment) {
        this.environment = Environment.read(environment, faults);
    }

    void fault(String name, String message) {
        faults.add(name + " " + message);
    }

    void require(String name, @Nullable Object value) {
        if (value == null && text(name) == null) {
            fault(name, "is required here");
        }
    }

    void failIfWrong() {
        if (!faults.isEmpty()) {
            throw new SettingsException(faults);
        }
    }

    @Nullable
    String text(String name) {
        if (!Environment.SETTINGS.contains(name)) {
            throw new IllegalStateException("not among the settings: " + name);
        }
        return environment.get(name);
    }

    int port(String name, int otherwise) {
        var text = text(name);
        if (text == null) {
            return otherwise;
        }
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65535) {
            return Integer.parseInt(text);
        }
        fault(name, "must be a port from 0 to 65535");
        return otherwise;
    }

    /** A literal address: what a name leads to may change, and may be looked up elsewhere. */
    String address(String name, String otherwise) {
        var text = text(name);
        if (text != null && NetUtil.createByteArrayFromIpAddressString(text) == null) {
            fault(name, "must be an address such as 127.0.0.1, 10.0.0.5, 0.0.0.0 or ::");
            return otherwise;
        }
        return text == null ? otherwise : text;
    }

    boolean flag(String name, boolean otherwise) {
        var text = text(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.equals("true") && !text.equals("false")) {
            fault(name, "must be true or false");
        }
        return text.equals("true");
    }

    Duration duration(String name, Duration otherwise) {
        var text = text(name);
        try {
            return text == null ? otherwise : Duration.parse(text);
        } catch (DateTimeParseException e) {
            fault(name, "must be an ISO-8601 duration such as P8D or PT90M");
            return otherwise;
        }
    }

    Path path(String name, Path otherwise) {
        var text = text(name);
        try {
            return text == null ? otherwise : Path.of(text);
        } catch (InvalidPathException e) {
            fault(name, "must be a path");
            return otherwise;
        }
    }

    @Nullable
    Path file(String name) {
        var text = text(name);
        if (text == null) {
            return null;
        }
        var path = path(name, Path.of(text));
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            fault(name, "must name a readable file");
        }
        return path;
    }

    @Nullable
    String url(String name, String... schemes) {
        var text = text(name);
        if (text != null && !isUrl(text, schemes)) {
            fault(name, "must be a URL such as " + schemes[0] + "://host");
        }
        return text;
    }

    List<String> urls(String name, String... schemes) {
        var text = text(name);
        if (text == null) {
            return List.of();
        }
        var urls = list(text);
        if (!urls.stream().allMatch(url -> isUrl(url, schemes))) {
            fault(name, "must be one URL or several with commas, such as " + schemes[0] + "://host");
        }
        return urls;
    }

    /** As browsers send them: no path, no slash at the end. */
    List<String> origins(String name) {
        var origins = urls(name, "https", "http");
        if (!origins.stream().allMatch(SettingsReader::isOrigin)) {
            fault(name, "must be one origin or several with commas, such as https://host");
        }
        return origins;
    }

    private static boolean isOrigin(String text) {
        return text.matches("https?://[a-z0-9.-]+(:[0-9]{1,5})?");
    }

    TrustedProxies proxies(String name) {
        var text = text(name);
        try {
            return text == null ? TrustedProxies.none() : TrustedProxies.of(list(text));
        } catch (IllegalArgumentException e) {
            fault(name, "must be addresses or blocks with commas, such as 10.0.0.0/8,fd00::/8");
            return TrustedProxies.none();
        }
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    private static boolean isUrl(String text, String... schemes) {
        try {
            var uri = URI.create(text);
            return uri.getHost() != null && Arrays.asList(schemes).contains(uri.getScheme());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
