package org.huying.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.huying.http.Contract;
import org.huying.http.ContractOperation;
import org.junit.jupiter.api.Test;

/** The table of limits and the contract say the same. */
class LimitsTest {
    private static final List<String> FIELDS = List.of("RateLimit", "RateLimit-Policy");

    @Test
    void theContractTellsOfEachLimitAndOfNoOther() {
        // given
        var limited = Limits.TABLE.stream()
                .flatMap(limit -> limit.operations().stream())
                .collect(Collectors.toSet());

        // when
        var told = Contract.load().operations().stream()
                .filter(LimitsTest::isTold)
                .map(ContractOperation::id)
                .collect(Collectors.toSet());

        // then
        assertThat(told).isEqualTo(limited);
    }

    @Test
    void successesAndRefusalsCarryTheFields() {
        for (var operation : Contract.load().operations()) {
            if (!isTold(operation)) {
                continue;
            }
            var responses = operation.responses();
            assertThat(headers(responses, "429"))
                    .as(operation.id())
                    .containsAll(FIELDS)
                    .contains("Retry-After");
            for (var status : responses.fieldNames()) {
                if (status.startsWith("2")) {
                    assertThat(headers(responses, status)).as(operation.id()).containsAll(FIELDS);
                }
            }
        }
    }

    private static boolean isTold(ContractOperation operation) {
        return operation.responses().fieldNames().stream()
                .anyMatch(status -> headers(operation.responses(), status).contains("RateLimit"));
    }

    private static List<String> headers(JsonObject responses, String status) {
        return List.copyOf(responses
                .getJsonObject(status, new JsonObject())
                .getJsonObject("headers", new JsonObject())
                .fieldNames());
    }
}
