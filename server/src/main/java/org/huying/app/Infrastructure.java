package org.huying.app;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.List;
import org.huying.db.FieldCipher;
import org.huying.http.Contract;
import org.huying.http.RequestMetrics;
import org.huying.redis.LocalCounters;

/**
 * What all event loops of a node share.
 *
 * @param clock the domain's now, in milliseconds; tokens, sessions and limits run on real time
 */
public record Infrastructure(
        String databaseUrl,
        List<String> redisUrls,
        Contract contract,
        FieldCipher cipher,
        Clock clock,
        PrometheusMeterRegistry registry,
        RequestMetrics requestMetrics,
        LocalCounters localCounters) {}
