package org.huying.http;

import io.vertx.core.Future;
import java.util.Map;
import java.util.function.Supplier;

/** Health and the contract itself. */
public final class SystemRoutes implements Operations.Binder {
    private static final Answer UP = Answer.ok(Map.of("status", "up"));

    private final Contract contract;
    private final Supplier<Future<Void>> readiness;

    /** @param readiness fails with the reason while the service cannot do its work */
    public SystemRoutes(Contract contract, Supplier<Future<Void>> readiness) {
        this.contract = contract;
        this.readiness = readiness;
    }

    @Override
    public void bind(Operations operations) {
        operations.query("getLiveness", Access.anyone(), call -> Future.succeededFuture(UP));
        operations.query(
                "getReadiness", Access.anyone(), call -> readiness.get().map(UP));
        operations.query(
                "getContractYaml",
                Access.anyone(),
                call -> Future.succeededFuture(Answer.bytes("application/yaml", contract.asYaml())));
        operations.query(
                "getContractJson",
                Access.anyone(),
                call -> Future.succeededFuture(Answer.bytes("application/json", contract.asJson())));
    }
}
