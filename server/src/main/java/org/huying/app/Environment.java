package org.huying.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The part of the environment that is ours, with what it says in files: every secret may be given as {@code <name>_FILE},
 * which names a file with the value. Names that nobody knows are faults, since what was meant would quietly not hold.
 */
public final class Environment {
    private static final String OURS = "HUYING_";
    private static final String IN_FILE = "_FILE";
    private static final int FILE_MAX_BYTES = 1 << 16;

    /** How many letters may be wrong for a name to be offered. */
    private static final int DISTANCE_MAX = 4;

    /** What may stand in a file of its own. */
    static final Set<String> SECRETS = Set.of(
            "HUYING_DATABASE_URL",
            "HUYING_MIGRATION_DATABASE_URL",
            "HUYING_REDIS_URL",
            "HUYING_WECHAT_APP_ID",
            "HUYING_WECHAT_SECRET");

    /** What the service itself reads; the page of settings has them, and a test holds it to that. */
    static final Set<String> SETTINGS = Stream.concat(
                    SECRETS.stream(),
                    Stream.of(
                            "HUYING_CORS_ORIGINS",
                            "HUYING_DATA_DIR",
                            "HUYING_DATA_KEY_FILE",
                            "HUYING_DEMO",
                            "HUYING_DEMO_CLOCK_OFFSET",
                            "HUYING_HTTP2",
                            "HUYING_HTTP_ADDRESS",
                            "HUYING_HTTP_PORT",
                            "HUYING_JWT_KEY_FILE",
                            "HUYING_MANAGEMENT_ADDRESS",
                            "HUYING_MANAGEMENT_PORT",
                            "HUYING_STOP_DELAY",
                            "HUYING_TRUSTED_PROXIES",
                            "HUYING_WECHAT_SIMULATOR",
                            "HUYING_WECHAT_TEMPLATES_FILE",
                            "HUYING_WECHAT_URL"))
            .collect(Collectors.toUnmodifiableSet());

    /** What scripts and tests read; the service knows of them only that they are meant. */
    private static final Set<String> ELSEWHERE = Set.of("HUYING_CHROMIUM");

    private static final Set<String> KNOWN = Stream.of(
                    SETTINGS.stream(), ELSEWHERE.stream(), SECRETS.stream().map(name -> name + IN_FILE))
            .flatMap(names -> names)
            .collect(Collectors.toUnmodifiableSet());

    private Environment() {}

    /** For programs beside the service: the values by name, blank ones left out. */
    public static Map<String, String> read(Map<String, String> environment) {
        var faults = new ArrayList<String>();
        var values = read(environment, faults);
        if (!faults.isEmpty()) {
            throw new SettingsException(faults);
        }
        return values;
    }

    /** The same; what is wrong is added to the faults. */
    static Map<String, String> read(Map<String, String> environment, List<String> faults) {
        var given = new TreeMap<String, String>();
        environment.forEach((name, value) -> {
            if (name.startsWith(OURS) && !value.isBlank()) {
                given.put(name, value.strip());
            }
        });
        for (var name : new TreeSet<>(environment.keySet())) {
            if (name.startsWith(OURS) && !KNOWN.contains(name)) {
                faults.add(name + " is not known"
                        + nearest(name).map(near -> "; is " + near + " meant?").orElse(""));
            }
        }
        for (var name : new TreeSet<>(SECRETS)) {
            var file = given.get(name + IN_FILE);
            if (file != null && given.containsKey(name)) {
                faults.add(name + IN_FILE + " is given beside " + name + ": only one of them may be");
            } else if (file != null) {
                content(name + IN_FILE, file, faults).ifPresent(value -> given.put(name, value));
            }
        }
        return Map.copyOf(given);
    }

    private static Optional<String> content(String name, String file, List<String> faults) {
        try {
            var path = Path.of(file);
            if (!Files.isRegularFile(path) || !Files.isReadable(path) || Files.size(path) > FILE_MAX_BYTES) {
                faults.add(name + " must name a readable file of at most " + FILE_MAX_BYTES + " bytes");
                return Optional.empty();
            }
            var value = Files.readString(path, StandardCharsets.UTF_8).strip();
            if (value.isEmpty() || value.lines().count() > 1) {
                faults.add(name + " must name a file with the value in one line");
                return Optional.empty();
            }
            return Optional.of(value);
        } catch (IOException | InvalidPathException e) {
            faults.add(name + " must name a readable file of text in UTF-8");
            return Optional.empty();
        }
    }

    private static Optional<String> nearest(String name) {
        return KNOWN.stream()
                .filter(known -> distance(name, known) <= DISTANCE_MAX)
                .min(Comparator.comparing((String known) -> distance(name, known))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** How many letters have to be put in, left out or changed to make one of the other. */
    private static int distance(String one, String other) {
        var row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            var before = row.clone();
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                var changed = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(before[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
