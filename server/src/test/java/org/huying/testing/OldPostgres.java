package org.huying.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Greets as a PostgreSQL of another version does, and takes every statement for done: an old one is not to be had here. */
public final class OldPostgres implements AutoCloseable {
    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;

    private final ServerSocket server;
    private final String version;

    private OldPostgres(ServerSocket server, String version) {
        this.server = server;
        this.version = version;
    }

    public static OldPostgres start(String version) throws IOException {
        var old = new OldPostgres(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), version);
        var thread = new Thread(old::serve, "old-postgres");
        thread.setDaemon(true);
        thread.start();
        return old;
    }

    public int port() {
        return server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                serve(socket);
            } catch (IOException e) {
                // The client is gone, or the test.
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        var out = new DataOutputStream(socket.getOutputStream());
        int code;
        do {
            var startup = in.readInt() - 8;
            code = in.readInt();
            in.readNBytes(startup);
            if (code == SSL_REQUEST || code == GSS_REQUEST) {
                out.write('N');
            }
        } while (code == SSL_REQUEST || code == GSS_REQUEST);
        message(out, 'R', new byte[4]);
        for (var parameter : Map.of(
                        "server_version", version,
                        "client_encoding", "UTF8",
                        "DateStyle", "ISO, MDY",
                        "standard_conforming_strings", "on",
                        "integer_datetimes", "on",
                        "TimeZone", "UTC")
                .entrySet()) {
            message(out, 'S', text(parameter.getKey(), parameter.getValue()));
        }
        ready(out);
        for (int type = in.read(); type >= 0 && type != 'X'; type = in.read()) {
            in.readNBytes(in.readInt() - 4);
            switch (type) {
                case 'P' -> message(out, '1', new byte[0]);
                case 'B' -> message(out, '2', new byte[0]);
                case 'E' -> message(out, 'C', text("SET"));
                case 'D' -> message(out, 'n', new byte[0]);
                case 'Q' -> {
                    message(out, 'C', text("SET"));
                    ready(out);
                }
                case 'S' -> ready(out);
                default -> {}
            }
        }
    }

    private static void ready(DataOutputStream out) throws IOException {
        message(out, 'Z', new byte[] {'I'});
        out.flush();
    }

    private static byte[] text(String... strings) {
        var bytes = new ByteArrayOutputStream();
        for (var string : strings) {
            bytes.writeBytes(string.getBytes(StandardCharsets.UTF_8));
            bytes.write(0);
        }
        return bytes.toByteArray();
    }

    private static void message(DataOutputStream out, char type, byte[] content) throws IOException {
        out.write(type);
        out.writeInt(content.length + 4);
        out.write(content);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
