package org.huying.fuzz;

import io.vertx.core.buffer.Buffer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.huying.testing.Reply;
import org.jspecify.annotations.Nullable;

/** A client that sends whatever it is told to, well-formed or not, over one connection at a time. */
final class Wire implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int CHUNK_BYTES = 1_000;

    private final InetSocketAddress address;
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    Wire(URI uri) {
        this.address = new InetSocketAddress(uri.getHost(), uri.getPort());
    }

    /** Sends one request on the connection that there is, or, if that has gone, on a new one. */
    Reply send(Shot shot) throws IOException {
        var bytes = bytes(shot);
        var isReused = socket != null;
        try {
            return exchange(bytes, shot.method());
        } catch (Gone e) {
            if (!isReused) {
                throw e;
            }
            return exchange(bytes, shot.method());
        }
    }

    /** Sends these bytes on a connection of their own; null if it is closed without an answer. */
    @Nullable
    Reply send(byte[] bytes) throws IOException {
        close();
        try {
            return exchange(bytes, "GET");
        } catch (Gone e) {
            return null;
        } finally {
            close();
        }
    }

    /** All that comes back until the other side closes; a connection that stays open throws. */
    String sendAndHearAll(byte[] bytes) throws IOException {
        close();
        open();
        try {
            output().write(bytes);
            return new String(input().readAllBytes(), StandardCharsets.ISO_8859_1);
        } finally {
            close();
        }
    }

    /** Sends the beginning of something, and leaves. */
    void sendAndLeave(byte[] bytes) throws IOException {
        close();
        open();
        try {
            output().write(bytes);
        } finally {
            close();
        }
    }

    private Reply exchange(byte[] bytes, String method) throws IOException {
        if (socket == null) {
            open();
        }
        try {
            output().write(bytes);
        } catch (IOException e) {
            // Who refuses what is too large need not read it all: perhaps there is an answer.
        }
        try {
            return reply(method);
        } catch (Gone e) {
            close();
            throw e;
        }
    }

    private static byte[] bytes(Shot shot) {
        var out = new ByteArrayOutputStream();
        // One char is one byte, so that bytes which are no text can be sent too.
        out.writeBytes(latin(shot.method() + " " + shot.target() + " HTTP/1.1\r\nHost: huying.test\r\n"));
        shot.headers().forEach(header -> out.writeBytes(latin(header + "\r\n")));
        var body = shot.body();
        if (body == null) {
            out.writeBytes(latin("\r\n"));
        } else if (shot.length() == Shot.Length.DECLARED) {
            out.writeBytes(latin("Content-Length: " + body.length + "\r\n\r\n"));
            out.writeBytes(body);
        } else {
            out.writeBytes(latin("Transfer-Encoding: chunked\r\n\r\n"));
            for (int at = 0; at < body.length; at += CHUNK_BYTES) {
                int length = Math.min(CHUNK_BYTES, body.length - at);
                out.writeBytes(latin(Integer.toHexString(length) + ";x=\"y\"\r\n"));
                out.write(body, at, length);
                out.writeBytes(latin("\r\n"));
            }
            out.writeBytes(latin("0\r\nTrailer-X: 1\r\n\r\n"));
        }
        return out.toByteArray();
    }

    static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private Reply reply(String method) throws IOException {
        while (true) {
            var first = line(true);
            int status = Integer.parseInt(first.substring(9, 12));
            var headers = headers();
            if (status == 100) {
                continue;
            }
            var body = method.equals("HEAD") || status == 204 || status == 304 ? new byte[0] : body(headers);
            if (headers.firstValue("Connection").orElse("").equalsIgnoreCase("close")) {
                close();
            }
            return new Reply(status, headers, Buffer.buffer(body));
        }
    }

    private HttpHeaders headers() throws IOException {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (var line = line(false); !line.isEmpty(); line = line(false)) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return HttpHeaders.of(headers, (name, value) -> true);
    }

    private byte[] body(HttpHeaders headers) throws IOException {
        if (headers.firstValue("Transfer-Encoding")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .equals("chunked")) {
            var body = new ByteArrayOutputStream();
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                body.writeBytes(input().readNBytes(size));
                line(false);
            }
            line(false);
            return body.toByteArray();
        }
        int length = Integer.parseInt(headers.firstValue("Content-Length").orElse("0"));
        var body = input().readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the body ends early");
        }
        return body;
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(false), 16);
    }

    private String line(boolean isFirst) throws IOException {
        var line = new ByteArrayOutputStream();
        while (true) {
            int b = read(isFirst && line.size() == 0);
            if (b == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
            line.write(b);
        }
    }

    private int read(boolean isBeginning) throws IOException {
        try {
            int b = input().read();
            if (b >= 0) {
                return b;
            }
        } catch (java.net.SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // As good as its end.
        }
        throw isBeginning ? new Gone() : new EOFException("the answer ends early");
    }

    private void open() throws IOException {
        var opened = new Socket();
        opened.setSoTimeout(TIMEOUT_MILLIS);
        opened.setTcpNoDelay(true);
        opened.connect(address, TIMEOUT_MILLIS);
        socket = opened;
        in = new BufferedInputStream(opened.getInputStream());
    }

    private InputStream input() throws IOException {
        if (in == null) {
            throw new Gone();
        }
        return in;
    }

    private OutputStream output() throws IOException {
        if (socket == null) {
            throw new Gone();
        }
        return socket.getOutputStream();
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // It is gone either way.
        }
        socket = null;
        in = null;
    }

    /** The connection was closed before any byte of an answer. */
    static final class Gone extends IOException {
        private static final long serialVersionUID = 1;

        Gone() {
            super("closed without an answer");
        }
    }
}
