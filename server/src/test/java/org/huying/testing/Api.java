package org.huying.testing;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One caller of the service; every answer is held against the contract. */
public final class Api {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    public static final String BOUNDARY = "----huying-7f3a";
    private static final ContractCheck CONTRACT = new ContractCheck();

    private final URI base;
    private final Map<String, String> headers;

    public Api(URI base) {
        this(base, Map.of());
    }

    private Api(URI base, Map<String, String> headers) {
        this.base = base;
        this.headers = Map.copyOf(headers);
    }

    public Api with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new Api(base, more);
    }

    public Api bearing(String accessToken) {
        return with("Authorization", "Bearer " + accessToken);
    }

    public Reply get(String path) {
        return send("GET", path, BodyPublishers.noBody()).join();
    }

    public Reply delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody()).join();
    }

    public Reply patch(String path, JsonObject body) {
        return change("PATCH", path, body);
    }

    public Reply put(String path, JsonObject body) {
        return change("PUT", path, body);
    }

    private Reply change(String method, String path, JsonObject body) {
        return with("Content-Type", "application/json")
                .send(method, path, BodyPublishers.ofString(body.encode()))
                .join();
    }

    public Reply post(String path) {
        return send("POST", path, BodyPublishers.noBody()).join();
    }

    public Reply post(String path, JsonObject body) {
        return postLater(path, body).join();
    }

    /** For many at once. */
    public CompletableFuture<Reply> postLater(String path, JsonObject body) {
        return postText(path, "application/json", body.encode());
    }

    /** For bodies that are not what they should be. */
    public CompletableFuture<Reply> postText(String path, String contentType, String body) {
        return with("Content-Type", contentType).send("POST", path, BodyPublishers.ofString(body));
    }

    /** Hands in a file as a form does, under a name that says nothing. */
    public Reply upload(String path, byte[] file) {
        return postForm(path, form("file", file)).join();
    }

    /** A form with one part. */
    public static Buffer form(String name, byte[] content) {
        return Buffer.buffer("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name
                        + "\"; filename=\"../x.exe\"\r\nContent-Type: text/plain\r\n\r\n")
                .appendBytes(content)
                .appendString("\r\n--" + BOUNDARY + "--\r\n");
    }

    /** A form as {@link #form} makes it. */
    public CompletableFuture<Reply> postForm(String path, Buffer form) {
        return with("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .send("POST", path, BodyPublishers.ofByteArray(form.getBytes()));
    }

    /** A request of any kind. */
    public CompletableFuture<Reply> send(String method, String path, BodyPublisher body) {
        var request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body);
        headers.forEach(request::header);
        return CLIENT.sendAsync(request.build(), BodyHandlers.ofByteArray()).thenApply(raw -> {
            var reply = new Reply(raw.statusCode(), raw.headers(), Buffer.buffer(raw.body()));
            CONTRACT.verify(method, URI.create(path).getPath(), reply);
            return reply;
        });
    }
}
