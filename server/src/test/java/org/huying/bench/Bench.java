package org.huying.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.huying.command.Addresses;
import org.huying.command.CommandException;
import org.huying.command.Program;
import org.huying.demo.embedded.EmbeddedServerException;
import org.jspecify.annotations.Nullable;

/** Runs one of the benches: ends with 0, with 1 if it found anything wrong, with 2 if it could not be run. */
public final class Bench {
    private static final String USAGE =
            "usage: scripts/bench http | booking | ticket | metrics [tickets] | login-timing | import"
                    + " [--smoke] [postgresql://user:password@host/name]";
    private static final String TICKETS = "[1-9][0-9]{2,9}";

    private static final Map<String, Kind> KINDS = Map.of(
            "http", order -> HttpBench.run(order.smoke() ? HttpBench.Size.SMOKE : HttpBench.Size.FULL),
            "booking",
                    order -> order.onNode(node ->
                            BookingBench.run(node, order.smoke() ? BookingBench.Size.SMOKE : BookingBench.Size.FULL)),
            "ticket",
                    order -> order.onNode(node ->
                            TicketBench.run(node, order.smoke() ? TicketBench.Size.SMOKE : TicketBench.Size.FULL)),
            "metrics",
                    order -> order.onNode(node -> MetricsBench.run(
                            node,
                            (order.smoke() ? MetricsBench.Size.SMOKE : MetricsBench.Size.FULL)
                                    .withTickets(order.tickets()))),
            "login-timing",
                    order -> order.onNode(node ->
                            LoginTiming.run(node, order.smoke() ? LoginTiming.Size.SMOKE : LoginTiming.Size.FULL)),
            "import",
                    order -> ImportBench.run(
                            order.database(), order.smoke() ? ImportBench.Size.SMOKE : ImportBench.Size.FULL));

    @FunctionalInterface
    private interface Kind {
        /** What is wrong in the end; empty if nothing. */
        List<String> run(Order order) throws Exception;
    }

    /**
     * How a bench is to be run.
     *
     * @param smoke    whether it is only to be seen that it runs: sizes whose figures mean nothing
     * @param tickets  where a bench is sized by them; {@code null} for its own number
     * @param database an address, else that of {@code HUYING_DATABASE_URL}, else a server is started
     */
    private record Order(
            boolean smoke, @Nullable Long tickets, @Nullable String database) {
        static Order of(String name, List<String> words, Map<String, String> environment) {
            var rest = new ArrayList<>(words);
            var smoke = rest.remove("--smoke");
            Long tickets = null;
            String database = environment.get("HUYING_DATABASE_URL");
            for (var word : rest) {
                if (name.equals("metrics") && word.matches(TICKETS)) {
                    tickets = Long.valueOf(word);
                } else if (!name.equals("http") && Addresses.isDatabase(word)) {
                    database = word;
                } else {
                    throw new CommandException(USAGE);
                }
            }
            return new Order(smoke, tickets, database == null ? null : Addresses.database(database));
        }

        List<String> onNode(BenchNode.Work work) throws Exception {
            return BenchNode.run(database, work);
        }
    }

    private Bench() {}

    /** Prints tables. */
    public static void main(String[] args) {
        System.exit(run(args, System.getenv()));
    }

    /** Prints tables; returns what the process is to end with. */
    public static int run(String[] args, Map<String, String> environment) {
        return new Program("bench", List.of(EmbeddedServerException.class))
                .run(() -> run(Arrays.asList(args), environment));
    }

    private static int run(List<String> args, Map<String, String> environment) throws Exception {
        var kind = args.isEmpty() ? null : KINDS.get(args.get(0));
        if (kind == null) {
            throw new CommandException(USAGE);
        }
        var faults = kind.run(Order.of(args.get(0), args.subList(1, args.size()), environment));
        faults.forEach(fault -> System.out.println("WRONG: " + fault));
        System.out.println(faults.isEmpty() ? "nothing wrong was found" : faults.size() + " things are wrong");
        return faults.isEmpty() ? 0 : 1;
    }
}
