package org.huying.http;

import java.time.Duration;

/**
 * How long a caller is waited for who takes up a connection. Whoever sends or reads a byte now and then is not silent, so
 * the time-out of silence alone never ends.
 *
 * @param head     without a byte in either direction; and from the opening of a connection, or the last answer on it, until the next request's last header
 * @param body     until all of a body has come; whoever is later hears 408
 * @param exchange from the last header until the answer has been handed out and the request has come to its end
 * @param parting  for the first request of who has just come in, when the node ends
 */
public record Patience(Duration head, Duration body, Duration exchange, Duration parting) {
    public static final Patience USUAL = new Patience(
            Duration.ofSeconds(60), Duration.ofSeconds(120), Duration.ofSeconds(180), Duration.ofSeconds(1));
}
