package org.huying.command;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A running service as a program speaks with it: JSON, and sentences where something else comes. */
public final class Remote {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int WORDS_MAX = 300;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI base;
    private final String token;

    private Remote(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** Signs in as a member of staff. */
    public static Remote signedIn(URI base, String username, String password) throws InterruptedException {
        var login = new JsonObject().put("username", username).put("password", password);
        var request = HttpRequest.newBuilder(base.resolve("/v1/auth/staff"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(login.encode()));
        var answer = new Remote(base, "").send(request, "accessToken");
        return new Remote(base, answer.getString("accessToken"));
    }

    /** A request of whoever signed in. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).header("Authorization", "Bearer " + token);
    }

    /**
     * The answer, if it is one of success.
     *
     * @param members that it has if it is the service that answers
     */
    public JsonObject send(HttpRequest.Builder request, String... members) throws InterruptedException {
        var answer = send(request);
        for (var member : members) {
            if (answer.getValue(member) == null) {
                throw isAnother();
            }
        }
        return answer;
    }

    private JsonObject send(HttpRequest.Builder request) throws InterruptedException {
        HttpResponse<String> answer;
        try {
            answer = client.send(
                    request.timeout(PATIENCE)
                            .setHeader("Accept", "application/json")
                            .setHeader("Accept-Language", "en")
                            .build(),
                    BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CommandException(
                    where() + " does not answer: "
                            + Failures.inWords(e)
                                    .filter(words -> !words.startsWith("nothing answers"))
                                    .orElse("nothing is there, or something else than a service"),
                    e);
        }
        var json = json(answer);
        if (answer.statusCode() / 100 != 2) {
            throw new CommandException(inWords(answer.statusCode(), json));
        }
        return json;
    }

    private JsonObject json(HttpResponse<String> answer) {
        try {
            var type = answer.headers().firstValue("Content-Type").orElse("");
            if (type.contains("json")) {
                return new JsonObject(answer.body());
            }
        } catch (DecodeException e) {
            throw isAnother();
        }
        throw isAnother();
    }

    private String inWords(int status, JsonObject problem) {
        if (!(problem.getValue("title") instanceof String title)) {
            throw isAnother();
        }
        var words = new StringBuilder(where())
                .append(" answers ")
                .append(status)
                .append(": ")
                .append(title);
        if (problem.getValue("errors") instanceof JsonArray errors) {
            errors.stream()
                    .filter(JsonObject.class::isInstance)
                    .forEach(each -> words.append("; ").append(((JsonObject) each).getString("message", "")));
        }
        return words.length() > WORDS_MAX ? words.substring(0, WORDS_MAX) + "…" : words.toString();
    }

    private CommandException isAnother() {
        return new CommandException(where() + " answers, but not as this service does");
    }

    private String where() {
        return base.getScheme() + "://" + base.getRawAuthority();
    }
}
