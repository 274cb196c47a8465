package org.huying.demo.district;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** What people write, by occasion; the same seed picks the same words. */
final class Phrases {
    private static final ObjectMapper YAML = new YAMLMapper();

    private final Map<String, List<String>> lists = new HashMap<>();

    private Phrases(Map<String, Object> file) {
        file.forEach((occasion, value) -> {
            if (value instanceof Map<?, ?> nested) {
                nested.forEach((name, list) -> lists.put(occasion + "." + name, strings(list)));
            } else {
                lists.put(occasion, strings(value));
            }
        });
    }

    static Phrases load() {
        return new Phrases(DemoData.read(YAML, "phrases.yaml", new TypeReference<>() {}));
    }

    /** One of the phrases for an occasion, such as {@code reopened} or {@code resolved.repair}. */
    String pick(String occasion, Random random) {
        return pick(Objects.requireNonNull(lists.get(occasion), occasion), random);
    }

    static <T> T pick(List<T> choice, Random random) {
        return choice.get(random.nextInt(choice.size()));
    }

    private static List<String> strings(Object list) {
        return YAML.convertValue(list, new TypeReference<>() {});
    }
}
