package org.huying.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a run of load gave: answers by status, their rate, and how long they took. */
final class LoadResult {
    private final Map<Integer, Long> byStatus = new TreeMap<>();
    private long[] elapsedNanos = new long[1 << 16];
    private int count;
    private long begunNanos;
    private long tookNanos;
    private CpuTimes cpu = CpuTimes.now();

    void begin() {
        cpu = CpuTimes.now();
        begunNanos = System.nanoTime();
    }

    LoadResult end() {
        tookNanos = System.nanoTime() - begunNanos;
        cpu = CpuTimes.now().since(cpu);
        Arrays.sort(elapsedNanos, 0, count);
        return this;
    }

    /** Called from several event loops. */
    synchronized void note(int status, long nanos) {
        byStatus.merge(status, 1L, Long::sum);
        if (count == elapsedNanos.length) {
            elapsedNanos = Arrays.copyOf(elapsedNanos, count * 2);
        }
        elapsedNanos[count++] = nanos;
    }

    double perSecond() {
        return count * 1e9 / tookNanos;
    }

    double percentileMillis(double share) {
        return count == 0 ? 0 : elapsedNanos[(int) Math.min(count - 1L, Math.round(count * share))] / 1e6;
    }

    Map<Integer, Long> byStatus() {
        return byStatus;
    }

    /** Of all its processes on this machine, the load's included. */
    String cpuEach() {
        return String.format(
                Locale.ROOT, "CPU each %4d + %4d us", cpu.hereMicros() / count, cpu.databaseMicros() / count);
    }

    String line(String name) {
        return String.format(
                Locale.ROOT,
                "%-48s %9.0f/s   p50 %7.2f ms   p99 %7.2f ms   %s",
                name,
                perSecond(),
                percentileMillis(0.5),
                percentileMillis(0.99),
                byStatus);
    }
}
