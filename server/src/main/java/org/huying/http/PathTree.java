package org.huying.http;

import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the operation of a path in as many steps as the path has segments, however many operations there are. A literal
 * segment wins over a parameter.
 */
final class PathTree<T> {
    /** What was found: the values by method, and the raw values of the parameters. */
    record Match<T>(Map<HttpMethod, T> byMethod, Map<String, String> parameters) {
        Set<HttpMethod> methods() {
            return byMethod.keySet();
        }
    }

    private static final class Node<T> {
        private final Map<String, Node<T>> literals = new HashMap<>();
        private final Map<HttpMethod, T> byMethod = new HashMap<>();
        private final Map<HttpMethod, List<String>> names = new HashMap<>();
        private @Nullable Node<T> parameter;
    }

    private final Node<T> root = new Node<>();

    void add(HttpMethod method, String path, T value) {
        var node = root;
        var names = new ArrayList<String>();
        for (var segment : path.substring(1).split("/", -1)) {
            if (segment.startsWith("{")) {
                names.add(segment.substring(1, segment.length() - 1));
                if (node.parameter == null) {
                    node.parameter = new Node<>();
                }
                node = node.parameter;
            } else {
                node = node.literals.computeIfAbsent(segment, s -> new Node<>());
            }
        }
        if (node.byMethod.put(method, value) != null) {
            throw new IllegalStateException("bound twice: " + method + " " + path);
        }
        node.names.put(method, List.copyOf(names));
    }

    @Nullable
    Match<T> find(HttpMethod method, String path) {
        var values = new ArrayList<String>(2);
        var node = descend(root, path, 1, values);
        if (node == null) {
            return null;
        }
        var names = node.names.getOrDefault(method, List.of());
        var parameters = new HashMap<String, String>(4);
        for (int i = 0; i < names.size(); i++) {
            parameters.put(names.get(i), values.get(i));
        }
        return new Match<>(node.byMethod, parameters);
    }

    private @Nullable Node<T> descend(Node<T> node, String path, int from, List<String> values) {
        if (from > path.length()) {
            return node.byMethod.isEmpty() ? null : node;
        }
        int slash = path.indexOf('/', from);
        var segment = path.substring(from, slash < 0 ? path.length() : slash);
        int next = slash < 0 ? path.length() + 1 : slash + 1;
        var literal = node.literals.get(segment);
        if (literal != null) {
            var found = descend(literal, path, next, values);
            if (found != null) {
                return found;
            }
        }
        if (node.parameter == null || segment.isEmpty()) {
            return null;
        }
        values.add(segment);
        var found = descend(node.parameter, path, next, values);
        if (found == null) {
            values.remove(values.size() - 1);
        }
        return found;
    }
}
