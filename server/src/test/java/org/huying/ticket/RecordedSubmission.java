package org.huying.ticket;

import io.vertx.core.Future;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.huying.kernel.Caller;

/**
 * The statements that one report takes between BEGIN and COMMIT, with their values: those of the service itself, taken
 * down while it made the report in a transaction that was then undone. To be executed on their own, once.
 *
 * @param turns what was sent before the answer to the turn before it was there, in order
 */
public record RecordedSubmission(List<List<Statement>> turns) {
    public record Statement(String sql, Tuple values) {
        private static final Pattern TABLE = Pattern.compile("(?:FROM|INTO|UPDATE) ([a-z_]+)");

        /** Verb and first table. */
        String name() {
            var table = TABLE.matcher(sql);
            return sql.strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT) + (table.find() ? ' ' + table.group(1) : "");
        }
    }

    private static final class Undone extends RuntimeException {
        private final transient RecordedSubmission recorded;

        Undone(RecordedSubmission recorded) {
            super(null, null, false, false);
            this.recorded = recorded;
        }
    }

    @FunctionalInterface
    public interface Transactions {
        <T> Future<T> run(Function<SqlConnection, Future<T>> work);
    }

    /** What {@code POST /v1/tickets} does with its transaction: the report, and the ticket as it is answered. */
    public static Future<RecordedSubmission> record(
            Transactions transactions, Tickets tickets, Caller caller, Submission submission) {
        return transactions
                .<RecordedSubmission>run(connection -> {
                    var recorder = new Recorder(connection);
                    return tickets.submitOnce(recorder.connection(), caller, submission)
                            .compose(done -> tickets.reader().get(recorder.connection(), caller, done.id()))
                            .compose(view -> Future.failedFuture(new Undone(recorder.recorded())));
                })
                .recover(failure -> failure instanceof Undone undone
                        ? Future.succeededFuture(undone.recorded)
                        : Future.failedFuture(failure));
    }

    /** The same again, and nothing else. */
    public Future<Void> execute(SqlConnection transaction) {
        Future<?> done = Future.succeededFuture();
        for (var turn : turns) {
            done = done.compose(before -> Future.join(turn.stream()
                    .map(statement -> transaction.preparedQuery(statement.sql()).execute(statement.values()))
                    .toList()));
        }
        return done.mapEmpty();
    }

    /** Drawn while others that are undone as well were not to be seen, so two of many may have the same. */
    public String ticketNo() {
        return turns.stream()
                .flatMap(List::stream)
                .filter(statement -> statement.sql().equals(TicketSql.SAVE))
                .map(statement -> statement.values().getString(2))
                .findFirst()
                .orElseThrow();
    }

    public String summary() {
        return turns.stream().mapToInt(List::size).sum() + " statements in " + turns.size() + " turns: "
                + turns.stream()
                        .map(turn -> turn.stream().map(Statement::name).collect(Collectors.joining(" + ")))
                        .collect(Collectors.joining("; "));
    }

    /** Stands before a connection and takes down what goes over it. */
    private static final class Recorder implements InvocationHandler {
        private final SqlConnection real;
        private final List<List<Statement>> turns = new ArrayList<>();
        private int unanswered;

        Recorder(SqlConnection real) {
            this.real = real;
        }

        SqlConnection connection() {
            return proxy(SqlConnection.class, this);
        }

        RecordedSubmission recorded() {
            return new RecordedSubmission(turns);
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            var result = call(real, method, arguments);
            if (!method.getName().equals("preparedQuery")) {
                throw new UnsupportedOperationException(method.getName());
            }
            var sql = (String) arguments[0];
            return proxy(
                    PreparedQuery.class,
                    (query, execute, values) -> noted(sql, (Tuple) values[0], call(result, execute, values)));
        }

        private Object noted(String sql, Tuple values, Object result) {
            if (unanswered == 0) {
                turns.add(new ArrayList<>());
            }
            unanswered++;
            turns.get(turns.size() - 1).add(new Statement(sql, values));
            @SuppressWarnings("unchecked")
            var answer = (Future<RowSet<Row>>) result;
            // Counted before whoever waits for it goes on.
            return answer.map(rows -> {
                unanswered--;
                return rows;
            });
        }

        private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private static <T> T proxy(Class<T> type, InvocationHandler handler) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        }
    }
}
