package org.huying;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.huying.command.Addresses;
import org.huying.command.CommandException;
import org.huying.command.Program;
import org.huying.command.Remote;

/**
 * Hands a file to a running service: checks it, names every bad or doubtful row, and writes it if it is told to. Ends with 0,
 * with 1 when there are such rows, with 2 when it could not be done.
 */
public final class Import {
    private static final String USAGE =
            "usage: scripts/import ADDRESS USERNAME households|residents|staff FILE [--commit] [--skip-bad]"
                    + " [--digest=DIGEST]";
    private static final Set<String> OPTIONS = Set.of("--commit", "--skip-bad");
    private static final String DIGEST = "--digest=";
    private static final String BOUNDARY = "huying-import-5b1c";
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final Set<String> KINDS = Set.of("households", "residents", "staff");
    private static final String[] MEMBERS = {
        "id", "status", "rows", "created", "changed", "unchanged", "bad", "doubtful"
    };

    private final Remote service;

    private Import(Remote service) {
        this.service = service;
    }

    /** Runs once. */
    public static void main(String[] args) {
        System.exit(run(args, Import::password));
    }

    /**
     * Runs once; returns what the process is to end with.
     *
     * @param password is asked when all else is in order
     */
    public static int run(String[] args, Callable<String> password) {
        return new Program("import", List.of()).run(() -> run(Arrays.asList(args), password));
    }

    private static int run(List<String> args, Callable<String> password) throws Exception {
        var digests = args.stream().filter(arg -> arg.startsWith(DIGEST)).toList();
        var plain = args.stream()
                .filter(arg -> !OPTIONS.contains(arg) && !digests.contains(arg))
                .toList();
        var commit = args.contains("--commit");
        if (plain.size() != 4 || !KINDS.contains(plain.get(2)) || digests.size() > (commit ? 1 : 0)) {
            throw new CommandException(USAGE);
        }
        var address = Addresses.service(plain.get(0));
        var file = Files.readAllBytes(Path.of(plain.get(3)));
        var service = Remote.signedIn(address, plain.get(1), password.call());
        var skipBad = args.contains("--skip-bad");
        return digests.isEmpty()
                ? new Import(service).run(plain.get(2), file, commit, skipBad)
                : new Import(service).write(plain.get(2), file, digests.get(0).substring(DIGEST.length()), skipBad);
    }

    /** Later Javas have a console also where a pipe is, and read the line from it just as well. */
    @SuppressWarnings("SystemConsoleNull")
    private static String password() throws IOException {
        var console = System.console();
        if (console != null) {
            var typed = console.readPassword("password: ");
            if (typed != null) {
                return new String(typed);
            }
        }
        var line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            throw new CommandException("no password on standard input");
        }
        return line;
    }

    private int run(String kind, byte[] file, boolean commit, boolean skipBad)
            throws IOException, InterruptedException {
        var checked = carryOut(kind, file, "dryRun=true");
        eachRow(checked, "bad", Import::printErrors);
        eachRow(checked, "doubtful", Import::printErrors);
        print("checked", checked);
        if (checked.getLong("doubtful") > 0) {
            System.err.printf(
                    "decide of each doubtful row by PUT /v1/imports/%s/rows/ROW/decision,"
                            + " and write the file with --commit --digest= and the digest that is answered last%n",
                    checked.getString("id"));
        }
        var hasBad = checked.getLong("bad") + checked.getLong("doubtful") > 0;
        if (!commit || (hasBad && !skipBad)) {
            return hasBad ? 1 : 0;
        }
        return write(kind, file, checked.getString("digest"), skipBad);
    }

    /** @param digest of the check that is confirmed */
    private int write(String kind, byte[] file, String digest, boolean skipBad)
            throws IOException, InterruptedException {
        var written = carryOut(
                kind, file, "digest=" + URLEncoder.encode(digest, StandardCharsets.UTF_8) + "&skipBad=" + skipBad);
        print("imported", written);
        if (kind.equals("staff")) {
            eachRow(written, "created", Import::printCode);
        }
        if (!written.getString("status").equals("done")) {
            return 2;
        }
        return written.getLong("bad") + written.getLong("doubtful") > 0 ? 1 : 0;
    }

    private JsonObject carryOut(String kind, byte[] file, String how) throws IOException, InterruptedException {
        var request = service.request("/v1/imports?kind=" + kind + "&" + how)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofByteArray(form(file)));
        var state = service.send(request, MEMBERS);
        while (state.getString("status").equals("running")) {
            Thread.sleep(PAUSE.toMillis());
            state = service.send(service.request("/v1/imports/" + state.getString("id")), MEMBERS);
            System.err.printf("%s %d of %d%n", state.getString("phase"), state.getLong("done"), state.getLong("rows"));
        }
        return state;
    }

    private void eachRow(JsonObject of, String outcome, Consumer<JsonObject> print) throws InterruptedException {
        var path = "/v1/imports/" + of.getString("id") + "/rows?limit=100&outcome=" + outcome;
        var cursors = new ArrayList<String>(List.of(""));
        while (!cursors.isEmpty()) {
            var page = service.send(service.request(path + cursors.remove(0)), "items");
            page.getJsonArray("items").forEach(row -> print.accept((JsonObject) row));
            var next = page.getString("nextCursor");
            if (next != null) {
                cursors.add("&cursor=" + next);
            }
        }
    }

    private static void printErrors(JsonObject row) {
        row.getJsonArray("errors").forEach(each -> {
            var error = (JsonObject) each;
            var column = error.getString("column");
            System.out.printf(
                    "row %d%s: %s%n",
                    row.getInteger("row"), column == null ? "" : ", " + column, error.getString("message"));
        });
    }

    private static void printCode(JsonObject row) {
        var code = row.getString("activationCode");
        if (code != null) {
            row.getJsonArray("cells").stream()
                    .map(JsonObject.class::cast)
                    .filter(cell -> cell.getString("column").equals("username"))
                    .forEach(cell -> System.out.println(cell.getString("text") + " " + code));
        }
    }

    private static void print(String what, JsonObject state) {
        System.err.printf(
                "%s %d rows: %d created, %d changed, %d unchanged, %d bad, %d doubtful%n",
                what,
                state.getLong("rows"),
                state.getLong("created"),
                state.getLong("changed"),
                state.getLong("unchanged"),
                state.getLong("bad"),
                state.getLong("doubtful"));
    }

    private static byte[] form(byte[] file) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        bytes.write(file);
        bytes.write(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }
}
