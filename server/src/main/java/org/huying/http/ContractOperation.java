package org.huying.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * One operation of the contract.
 *
 * @param path       as the contract writes it, {@code {name}} for parameters
 * @param needsLogin whether a bearer token must come with it
 * @param content    of the request body: media type to {@code {schema}}; empty where none is taken
 * @param responses  status (or {@code default}) to {@code {content, …}}
 */
public record ContractOperation(
        String id,
        HttpMethod method,
        String path,
        boolean needsLogin,
        List<Parameter> parameters,
        boolean bodyRequired,
        JsonObject content,
        JsonObject responses) {
    /** A parameter in {@code path}, {@code query} or {@code header}. */
    public record Parameter(String name, String in, boolean required, JsonObject schema) {}
}
