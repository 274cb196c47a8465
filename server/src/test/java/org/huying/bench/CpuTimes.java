package org.huying.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Processor time used up so far, which says more than the clock on a machine that is shared.
 *
 * @param hereMicros     by this process: load and service
 * @param databaseMicros by the sessions of PostgreSQL on this machine, where Linux tells
 */
record CpuTimes(long hereMicros, long databaseMicros) {
    private static final int MICROS_PER_TICK = 10_000;

    static CpuTimes now() {
        var here = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        var database = ProcessHandle.allProcesses()
                .mapToLong(process -> sessionMicros(Path.of("/proc", Long.toString(process.pid()))))
                .sum();
        return new CpuTimes(here.toNanos() / 1000, database);
    }

    CpuTimes since(CpuTimes before) {
        return new CpuTimes(hereMicros - before.hereMicros, databaseMicros - before.databaseMicros);
    }

    private static long sessionMicros(Path process) {
        try {
            if (!Files.readString(process.resolve("cmdline")).startsWith("postgres: huying huying")) {
                return 0;
            }
            var stat = Files.readString(process.resolve("stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
        } catch (IOException e) {
            return 0;
        }
    }
}
