package org.huying.bench;

import static org.huying.bench.BenchNode.printLoad;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.huying.county.County;
import org.huying.county.live.GoingLive;
import org.huying.county.live.Moments;
import org.huying.testing.KeyFiles;
import org.huying.testing.TestDay;
import org.jspecify.annotations.Nullable;

/**
 * A county's registers over HTTP, from the file to the rows in the database and back; what they were asked about is held
 * against the truth on the way. The largest is taken back once before it stays. The baseline are the sealed rows of as many
 * residents, five hundred in each statement and transaction, without anybody who reads, checks or asks.
 */
final class ImportBench implements Moments {
    /**
     * How much is measured.
     *
     * @param isWhole    whether all registers are taken in, and not only the largest and back
     * @param secondsMax for 10,000 rows, checked and written; 0 where the size says nothing about it
     */
    record Size(County.Size county, boolean isWhole, int secondsMax) {
        static final Size FULL = new Size(County.Size.WHOLE, true, 60);
        static final Size SMOKE = new Size(new County.Size(1, 2, 6, 40, 100), false, 0);
    }

    /** A step of a file. */
    private record Lap(String file, Step step, long rows, long nanos, CpuTimes cpu, int progress) {
        double perSecond() {
            return rows * 1e9 / nanos;
        }
    }

    private static final long SEED = 2_024;
    private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();
    private static final long ROWS = 10_000;

    private final BenchNode node;
    private final List<Lap> laps = new ArrayList<>();
    private long sinceNanos = System.nanoTime();
    private CpuTimes sinceCpu = CpuTimes.now();

    private ImportBench(BenchNode node) {
        this.node = node;
    }

    /** On a node of its own, whose keys the founding of the district needs in files. */
    static List<String> run(@Nullable String database, Size size) throws Exception {
        var directory = Files.createTempDirectory("huying-bench-keys");
        var keys = KeyFiles.generate(directory);
        try {
            return BenchNode.run(database, keys.read(), node -> run(node, keys, size));
        } finally {
            for (Path each : List.of(keys.data(), keys.signing(), directory)) {
                Files.delete(each);
            }
        }
    }

    /** Prints tables; what is wrong comes back. */
    static List<String> run(BenchNode node, KeyFiles keys, Size size) throws Exception {
        return new ImportBench(node).run(keys, size);
    }

    private List<String> run(KeyFiles keys, Size size) throws Exception {
        printLoad("before");
        var county = County.of(SEED, size.county(), LocalDate.now(TestDay.ZONE));
        var uri = URI.create("http://127.0.0.1:" + node.port());
        var live = GoingLive.found(county, SEED, uri, node.url(), node.url(), keys, this);
        live.setUp();
        live.households();
        live.takeBackTheLargest();
        if (size.isWhole()) {
            live.residents();
        }
        printLoad("after");
        live.report().forEach(System.out::println);
        var faults = new ArrayList<>(live.faults());
        faults.addAll(measured(size));
        return faults;
    }

    @Override
    public void passed(String file, Step step, long rows, int progress) {
        var now = System.nanoTime();
        var cpu = CpuTimes.now();
        if (step != Step.OTHER) {
            System.err.printf(Locale.ROOT, "%s: %s, %d rows%n", file, words(step), rows);
            laps.add(new Lap(file, step, rows, now - sinceNanos, cpu.since(sinceCpu), progress));
        }
        sinceNanos = System.nanoTime();
        sinceCpu = CpuTimes.now();
    }

    @Override
    public void pause() {
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    /** Of the largest register: the laps in which most of its rows were in hand. */
    private List<String> measured(Size size) throws Exception {
        long largest = laps.stream().mapToLong(Lap::rows).max().orElseThrow();
        var baseline = PlainResidents.insert(node, (int) largest);
        System.out.printf(
                Locale.ROOT,
                "the largest register: %d rows; for %d rows as many seconds as it would take%n",
                largest,
                ROWS);
        double plain = line("plain inserts, sealed", 1, largest, baseline.nanos(), baseline.cpu(), 0);
        var seconds = new ArrayList<Double>();
        for (var step : List.of(Step.READ, Step.CHECKED, Step.WRITTEN, Step.UNDONE)) {
            var of = laps.stream()
                    .filter(each -> each.step() == step && each.rows() > largest / 2)
                    .sorted(Comparator.comparingDouble(Lap::perSecond))
                    .toList();
            if (!of.isEmpty()) {
                var lap = of.get((of.size() - 1) / 2);
                line(words(step), of.size(), lap.rows(), lap.nanos(), lap.cpu(), plain);
                seconds.add((step == Step.READ || step == Step.CHECKED ? 2 : 1) * ROWS / lap.perSecond());
            }
        }
        // once for the check, and once more before it is written
        double whole = seconds.stream().limit(3).mapToDouble(each -> each).sum();
        System.out.printf(
                Locale.ROOT,
                "%d rows, read and checked twice and written once, by the rate of %d: %.1f s%n",
                ROWS,
                largest,
                whole);
        var seen = laps.stream()
                .filter(each -> each.rows() > largest / 2 && each.step() != Step.READ)
                .map(each -> each.step().name().toLowerCase(Locale.ROOT) + " " + each.progress())
                .collect(Collectors.joining(", "));
        System.out.println("different states of progress that were seen: " + seen);
        return size.secondsMax() > 0 && whole > size.secondsMax()
                ? List.of(ROWS + " rows take " + Math.round(whole) + " s")
                : List.of();
    }

    private static String words(Step step) {
        return switch (step) {
            case READ -> "sent, read, sealed and kept";
            case CHECKED -> "checked";
            case WRITTEN -> "written";
            case UNDONE -> "taken back";
            case OTHER -> "other";
        };
    }

    /** @param plain rows a second of the baseline; 0 for itself */
    private static double line(String name, int laps, long rows, long nanos, CpuTimes cpu, double plain) {
        double perSecond = rows * 1e9 / nanos;
        System.out.printf(
                Locale.ROOT,
                "%-30s median of %d   %8.0f rows/s   wall %6.2f s   CPU each %5d + %5d us   10,000 rows %6.2f s   ratio %.3f%n",
                name,
                laps,
                perSecond,
                nanos / 1e9,
                cpu.hereMicros() / Math.max(1, rows),
                cpu.databaseMicros() / Math.max(1, rows),
                ROWS / perSecond,
                plain == 0 ? 1 : perSecond / plain);
        return perSecond;
    }
}
