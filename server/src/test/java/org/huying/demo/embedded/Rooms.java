package org.huying.demo.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the servers of tests have their data: the thousands of files of many databases cost a disk much more than memory. */
final class Rooms {
    private static final Path MEMORY = Path.of("/dev/shm");
    /** Several times what a run needs. */
    private static final long PLENTY_BYTES = 12L << 30;

    private Rooms() {}

    static Path choose() throws IOException {
        return isPlenty() ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static boolean isPlenty() throws IOException {
        return Files.isWritable(MEMORY)
                && Files.getFileStore(MEMORY).getUsableSpace() > PLENTY_BYTES
                && availableBytes() > PLENTY_BYTES
                && mayRunPrograms();
    }

    private static long availableBytes() throws IOException {
        return lines("/proc/meminfo").stream()
                .filter(line -> line.startsWith("MemAvailable:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
    }

    /** Containers often have it so that nothing in it may be run. */
    private static boolean mayRunPrograms() throws IOException {
        return lines("/proc/mounts").stream()
                .map(line -> List.of(line.split(" ")))
                .anyMatch(mount -> mount.size() > 3
                        && mount.get(1).equals(MEMORY.toString())
                        && !List.of(mount.get(3).split(",")).contains("noexec"));
    }

    private static List<String> lines(String file) throws IOException {
        var path = Path.of(file);
        return Files.isReadable(path) ? Files.readAllLines(path) : List.of();
    }
}
