package org.huying.trial;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.huying.demo.embedded.TestDirectory;

/**
 * Runs the trials named, or all: ends with 0 when everything held, 1 when something did not, 2 for a trial that there is
 * not.
 */
public final class Trials {
    private static final String DISK = "disk";

    private Trials() {}

    /** Runs once. */
    public static void main(String[] args) throws Exception {
        var names = List.of("frozen", "failover", "stopped", "clock", "backlog", "heap", DISK);
        var wanted = args.length == 0 ? names : Arrays.asList(args);
        if (!names.containsAll(wanted)) {
            System.err.println("usage: scripts/trial [" + String.join("|", names) + "]…");
            System.exit(2);
        }
        System.exit(run(wanted) ? 0 : 1);
    }

    private static boolean run(List<String> wanted) throws Exception {
        var outcomes = new ArrayList<Outcome>();
        try (var directory = TestDirectory.create()) {
            if (wanted.stream().anyMatch(name -> !name.equals(DISK))) {
                onOneInstallation(directory.path(), wanted, outcomes);
            }
            if (wanted.contains(DISK)) {
                note(outcomes, new DiskTrial(directory.path(), Bounds.PROMISED)::run, DISK);
            }
        }
        var skipped = outcomes.stream().filter(Outcome::isSkipped).count();
        var broken = outcomes.stream().filter(outcome -> !outcome.isGood()).count();
        System.out.println(outcomes.size() + " trials, " + broken + " broken, " + skipped + " skipped");
        return broken == 0;
    }

    private static void onOneInstallation(Path directory, List<String> wanted, List<Outcome> outcomes)
            throws Exception {
        var own = Files.createDirectories(directory.resolve("installation"));
        try (var installation = new Installation(own, directory.resolve("postgres"), Map.of())) {
            var outages = new OutageTrial(installation, Bounds.PROMISED);
            var clocks = new ClockTrial(installation, Bounds.PROMISED);
            var trials = new LinkedHashMap<String, List<Callable<Outcome>>>();
            trials.put("frozen", List.of(outages::databaseFrozen));
            trials.put("failover", List.of(outages::failedOver));
            trials.put("stopped", List.of(outages::backendsStopped));
            trials.put("clock", List.of(clocks::aheadAndBack, clocks::behindAndBack));
            trials.put(
                    "backlog", List.of(new StopTrial(installation, Bounds.PROMISED, StopTrial.BACKLOG)::withABacklog));
            trials.put("heap", List.of(new HeapTrial(installation)::largeBodies));
            for (var each : trials.entrySet()) {
                if (wanted.contains(each.getKey())) {
                    for (var trial : each.getValue()) {
                        note(outcomes, trial, each.getKey());
                    }
                }
            }
        }
    }

    /** A trial that does not come to its end is broken, and the others go on. */
    private static void note(List<Outcome> outcomes, Callable<Outcome> trial, String name) {
        Outcome outcome;
        try {
            outcome = trial.call();
        } catch (Exception | AssertionError e) {
            outcome = new Outcome(name).require(false, String.valueOf(e.getMessage()));
        }
        outcomes.add(outcome);
        System.out.println(outcome);
    }
}
