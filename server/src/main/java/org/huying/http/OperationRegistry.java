package org.huying.http;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects what features bind, and holds it against the contract. */
final class OperationRegistry implements Operations {
    /** How an operation is run. */
    enum Kind {
        QUERY,
        COMMAND,
        PREPARED,
        UNMANAGED
    }

    /** A handler of one of the kinds; exactly one of the three functions is there. */
    record Bound(
            Kind kind,
            Access access,
            @Nullable Function<Call, Future<Answer>> plain,
            @Nullable Command command,
            @Nullable Preparation preparation) {
        /** The same with something before it, which is left out for a repetition. */
        Bound after(Function<Call, Future<Void>> first) {
            return new Bound(
                    kind,
                    access,
                    plain == null ? null : call -> first.apply(call).compose(done -> plain.apply(call)),
                    command == null
                            ? null
                            : (call, transaction) ->
                                    first.apply(call).compose(done -> command.apply(call, transaction)),
                    preparation == null ? null : call -> first.apply(call).compose(done -> preparation.apply(call)));
        }
    }

    private final Map<String, Bound> bound = new HashMap<>();

    @Override
    public void query(String operationId, Access access, Function<Call, Future<Answer>> handler) {
        put(operationId, new Bound(Kind.QUERY, access, handler, null, null));
    }

    @Override
    public void command(String operationId, Access access, Command handler) {
        put(operationId, new Bound(Kind.COMMAND, access, null, handler, null));
    }

    @Override
    public void prepared(String operationId, Access access, Preparation preparation) {
        put(operationId, new Bound(Kind.PREPARED, access, null, null, preparation));
    }

    @Override
    public void unmanaged(String operationId, Access access, Function<Call, Future<Answer>> handler) {
        put(operationId, new Bound(Kind.UNMANAGED, access, handler, null, null));
    }

    /** What is bound to the operation; fails with everything in which contract and features differ. */
    Map<String, Bound> heldAgainst(Contract contract) {
        var unbound = new TreeSet<String>();
        var unknown = new TreeSet<>(bound.keySet());
        var mismatched = new TreeSet<String>();
        for (var operation : contract.operations()) {
            var found = bound.get(operation.id());
            if (found == null) {
                unbound.add(operation.id());
            } else if (found.access().needsCaller() != operation.needsLogin()) {
                mismatched.add(operation.id());
            }
            unknown.remove(operation.id());
        }
        if (!unbound.isEmpty() || !unknown.isEmpty() || !mismatched.isEmpty()) {
            throw new IllegalStateException("the contract and the service differ: unbound " + unbound + ", unknown "
                    + unknown + ", login required by one only " + mismatched);
        }
        return Map.copyOf(bound);
    }

    private void put(String operationId, Bound handler) {
        if (bound.put(operationId, handler) != null) {
            throw new IllegalStateException("bound twice: " + operationId);
        }
    }
}
