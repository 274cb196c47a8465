package org.huying.roster.workbook;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.huying.kernel.MemoryBudget;
import org.jspecify.annotations.Nullable;

/** The parts of a package, and how one leads to another. */
final class Parts implements AutoCloseable {
    /** What a workbook of the largest size taken holds, with room to spare; a bomb holds more. */
    private static final long UNPACKED_MAX = 200L << 20;

    /** All texts of a workbook in one part, which are kept in memory; the sheet itself is read row by row. */
    private static final String KEPT_PART = "sharedstrings";

    /** Of those; more are no names and addresses. */
    static final long KEPT_MAX = 32L << 20;

    /** As text, and beside it what is made of it. */
    private static final int KEPT_WEIGHT = 2;

    private static final int BUFFER_BYTES = 1 << 16;

    /** More parts have no office's workbooks. */
    private static final int PARTS_MAX = 10_000;

    private static final int RELATIONS_MAX = 10_000;
    /** In characters; each step upwards in it copies it. */
    private static final int TARGET_MAX = 1_000;

    /** Where one part leads to: of which kind the other is, by the end of its type's address. */
    record Relation(String kind, String part) {}

    private final ZipFile zip;
    private final Map<String, ZipArchiveEntry> byName = new HashMap<>();

    private Parts(ZipFile zip) throws IOException {
        this.zip = zip;
        for (var entry : Collections.list(zip.getEntries())) {
            byName.putIfAbsent(plain(entry.getName()), entry);
            if (byName.size() > PARTS_MAX) {
                throw new IOException("too many parts");
            }
        }
    }

    /** Refuses what is a bomb, or no package. */
    static Parts of(byte[] bytes, MemoryBudget.Hold hold) throws IOException {
        var zip = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes))
                .get();
        try {
            requireHarmless(zip, hold);
            return new Parts(zip);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static void requireHarmless(ZipFile zip, MemoryBudget.Hold hold) throws IOException {
        long unpacked = 0;
        long kept = 0;
        var buffer = new byte[BUFFER_BYTES];
        for (var entry : Collections.list(zip.getEntries())) {
            var isKept = isKept(entry.getName());
            try (var content = zip.getInputStream(entry)) {
                for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                    unpacked += read;
                    kept += isKept ? read : 0;
                    if (unpacked > UNPACKED_MAX || kept > KEPT_MAX) {
                        throw new IOException("unpacks too far");
                    }
                    hold.more(isKept ? (long) read * KEPT_WEIGHT : 0);
                }
            }
        }
    }

    /** Whether it was counted as held when it was looked through. */
    static boolean isKept(String part) {
        return plain(part).contains(KEPT_PART);
    }

    boolean has(String part) {
        return byName.containsKey(plain(part));
    }

    Optional<Xml> open(String part) throws IOException {
        var entry = byName.get(plain(part));
        return entry == null ? Optional.empty() : Optional.of(new Xml(content(entry)));
    }

    private InputStream content(ZipArchiveEntry entry) throws IOException {
        return zip.getInputStream(entry);
    }

    Xml required(String part) throws IOException {
        return open(part).orElseThrow(() -> new IOException("a part is missing"));
    }

    /** By their ids, where a part leads to; {@code ""} is the package itself. */
    Map<String, Relation> relations(String part) throws IOException {
        var folder = part.substring(0, part.lastIndexOf('/') + 1);
        var found = new HashMap<String, Relation>();
        try (var xml = open(folder + "_rels/" + part.substring(folder.length()) + ".rels")
                .orElseThrow(() -> new IOException("no relations"))) {
            while (xml.next()) {
                var id = xml.attribute("Id");
                var type = xml.attribute("Type");
                var target = xml.attribute("Target");
                if (xml.starts("Relationship") && id != null && type != null && target != null) {
                    if (target.length() > TARGET_MAX || found.size() == RELATIONS_MAX) {
                        throw new IOException("too many relations, or one that leads too far");
                    }
                    found.put(id, new Relation(type.substring(type.lastIndexOf('/') + 1), resolved(folder, target)));
                }
            }
        }
        return found;
    }

    @Nullable
    String first(Map<String, Relation> relations, String kind) {
        return relations.values().stream()
                .filter(each -> each.kind().equals(kind))
                .map(Relation::part)
                .findFirst()
                .orElse(null);
    }

    private static String resolved(String folder, String target) {
        var path = target.startsWith("/") ? target.substring(1) : folder + target;
        while (path.startsWith("./") || path.contains("/./")) {
            path = path.startsWith("./") ? path.substring(2) : path.replace("/./", "/");
        }
        int up = path.indexOf("/../");
        while (up > 0) {
            path = path.substring(0, path.lastIndexOf('/', up - 1) + 1) + path.substring(up + 4);
            up = path.indexOf("/../");
        }
        return path;
    }

    /** Names of parts differ in more than case; some writers put a stroke before them, or one that leans the other way. */
    private static String plain(String name) {
        var plain = name.replace('\\', '/').toLowerCase(Locale.ROOT);
        return plain.startsWith("/") ? plain.substring(1) : plain;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
