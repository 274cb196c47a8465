package org.huying.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.huying.http.Contract;
import org.huying.http.ContractOperation;
import org.junit.jupiter.api.Test;

/** docs/as-seen.md says of every operation that changes something by which fields of the contract it names what was seen. */
class AsSeenPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]*`[^|]*)\\|([^|]*)\\|[^|]*\\|$");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");
    private static final Set<String> FIELDS =
            Set.of("version", "digest", "intoTicketVersion", "intoResidentVersion", "ticketVersion");

    private final Contract contract = Contract.load();
    private final JsonObject document = contract.asJson().toJsonObject();

    @Test
    void everyOperationThatChangesSomethingNamesWhatThePageSays() throws IOException {
        Map<String, Set<String>> inTheContract = contract.operations().stream()
                .filter(operation -> !operation.method().equals(HttpMethod.GET))
                .collect(Collectors.toMap(ContractOperation::id, this::fields));

        assertThat(onThePage()).isEqualTo(inTheContract);
    }

    private static Map<String, Set<String>> onThePage() throws IOException {
        var found = new HashMap<String, Set<String>>();
        var row = ROW.matcher(Files.readString(Path.of("docs/as-seen.md")));
        while (row.find()) {
            for (var operation : names(row.group(1))) {
                assertThat(found.put(operation, Set.copyOf(names(row.group(2)))))
                        .as(operation + " has one row")
                        .isNull();
            }
        }
        return found;
    }

    private static List<String> names(String cell) {
        var names = new ArrayList<String>();
        var name = NAME.matcher(cell);
        while (name.find()) {
            names.add(name.group(1));
        }
        return names;
    }

    private Set<String> fields(ContractOperation operation) {
        var fields = new HashSet<String>();
        operation.parameters().stream()
                .filter(parameter -> parameter.in().equals("query"))
                .forEach(parameter -> fields.add(parameter.name()));
        operation
                .content()
                .forEach(type ->
                        fields.addAll(resolved(((JsonObject) type.getValue()).getJsonObject("schema", new JsonObject()))
                                .getJsonObject("properties", new JsonObject())
                                .fieldNames()));
        fields.retainAll(FIELDS);
        return fields;
    }

    private JsonObject resolved(JsonObject schema) {
        var reference = schema.getString("$ref");
        if (reference == null) {
            return schema;
        }
        var found = document;
        for (var step : reference.substring(2).split("/", -1)) {
            found = found.getJsonObject(step);
        }
        return resolved(found);
    }
}
