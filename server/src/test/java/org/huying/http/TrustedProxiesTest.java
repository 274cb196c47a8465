package org.huying.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class TrustedProxiesTest {
    private static final String BALANCER = "10.1.2.3";
    private static final TrustedProxies PROXIES =
            TrustedProxies.of(List.of("10.0.0.0/8", "203.0.113.7", "fd00:aa00::/24"));

    @Test
    void whoeverIsNoProxyIsNotBelieved() {
        assertThat(from("198.51.100.1", "X-Forwarded-For: 192.0.2.1")).isEqualTo("198.51.100.1");
        assertThat(from("198.51.100.1", "Forwarded: for=192.0.2.1")).isEqualTo("198.51.100.1");
        assertThat(TrustedProxies.none().addressOf(BALANCER, headers("X-Forwarded-For: 192.0.2.1")))
                .isEqualTo(BALANCER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For: 192.0.2.1", "Forwarded: for=192.0.2.1"})
    void whoeverStandsBehindAProxyThatNobodyNamedIsWarnedOnce(String header) {
        var logger = (Logger) LoggerFactory.getLogger(TrustedProxies.class);
        var said = new ListAppender<ILoggingEvent>();
        said.start();
        logger.addAppender(said);
        try {
            var nobody = TrustedProxies.none();
            nobody.addressOf(BALANCER, headers("Accept: text/plain"));
            from(BALANCER, header);
            assertThat(said.list).isEmpty();
            for (int i = 0; i < 3; i++) {
                nobody.addressOf(BALANCER, headers(header));
            }
        } finally {
            logger.detachAppender(said);
        }
        assertThat(said.list).hasSize(1);
        assertThat(said.list.get(0).getFormattedMessage())
                .contains("HUYING_TRUSTED_PROXIES")
                .doesNotContain("192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-For: 192.0.2.1 | 192.0.2.1",
                "X-Forwarded-For: 192.0.2.1:4711 | 192.0.2.1",
                "X-Forwarded-For: 192.0.2.1, 10.9.9.9, 203.0.113.7 | 192.0.2.1",
                "X-Forwarded-For: [2001:db8:1:2:3::4]:443 | 2001:db8:1:2::/64",
                "X-Forwarded-For: 2001:db8:1:2:3::4 | 2001:db8:1:2::/64",
                "X-Forwarded-For: ::ffff:192.0.2.1 | 192.0.2.1",
                "X-Forwarded-For: 192.0.2.1, fd00:aabb::1 | 192.0.2.1",
                "Forwarded: for=192.0.2.1;proto=https;by=10.1.2.3 | 192.0.2.1",
                "Forwarded: proto=https; For=\"192.0.2.1:4711\" | 192.0.2.1",
                "Forwarded: for=\"[2001:db8:1:2:3::4]:4711\" | 2001:db8:1:2::/64",
                "Forwarded: for=192.0.2.1, for=10.9.9.9 | 192.0.2.1"
            })
    void aProxyTellsWhereItComesFrom(String header, String address) {
        assertThat(from(BALANCER, header)).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // what stands left of the client is the client's own word
                "X-Forwarded-For: 1.1.1.1, 192.0.2.1 | 192.0.2.1",
                "X-Forwarded-For: 1.1.1.1, 192.0.2.1, 10.9.9.9 | 192.0.2.1",
                "X-Forwarded-For: 10.0.0.1, 192.0.2.1 | 192.0.2.1",
                "Forwarded: for=1.1.1.1, for=192.0.2.1 | 192.0.2.1",
                // what cannot be read ends the search at the proxy that wrote it
                "X-Forwarded-For: 1.1.1.1, unknown | 10.1.2.3",
                "X-Forwarded-For: 1.1.1.1, unknown, 10.9.9.9 | 10.9.9.9",
                "X-Forwarded-For: 1.1.1.1, | 10.1.2.3",
                "Forwarded: for=1.1.1.1, for=_hidden | 10.1.2.3",
                "Forwarded: for=1.1.1.1, proto=https | 10.1.2.3",
                // a name that the proxy repeats within quotes, and quotes that do not end
                "Forwarded: for=192.0.2.1;host=\"a,for=1.1.1.1\" | 192.0.2.1",
                "Forwarded: for=\", for=192.0.2.1;host=\"a,for=1.1.1.1\" | 10.1.2.3",
                "Forwarded: for=\"1.1.1.1, for=192.0.2.1 | 10.1.2.3"
            })
    void nobodyTakesAnothersAddress(String header, String address) {
        assertThat(from(BALANCER, header)).isEqualTo(address);
    }

    @Test
    void severalLinesAreOneList() {
        assertThat(from(BALANCER, "X-Forwarded-For: 1.1.1.1", "X-Forwarded-For: 192.0.2.1"))
                .isEqualTo("192.0.2.1");
        assertThat(from(BALANCER, "Forwarded: for=\"1.1.1.1", "Forwarded: for=192.0.2.1"))
                .isEqualTo("192.0.2.1");
    }

    @Test
    void aHeaderThatTheProxyDoesNotWriteChangesNothing() {
        // given: a proxy that writes one of the two, and passes the client's other on
        assertThat(from(BALANCER, "X-Forwarded-For: 192.0.2.1", "Forwarded: for=1.1.1.1"))
                .isEqualTo(BALANCER);
        assertThat(from(BALANCER, "X-Forwarded-For: 1.1.1.1", "Forwarded: for=192.0.2.1"))
                .isEqualTo(BALANCER);

        // when, then: one that writes both
        assertThat(from(BALANCER, "X-Forwarded-For: 192.0.2.1", "Forwarded: for=192.0.2.1"))
                .isEqualTo("192.0.2.1");
    }

    @Test
    void whoeverIsWithinIsTheFirstOfAll() {
        assertThat(from(BALANCER, "X-Forwarded-For: 10.7.7.7, 10.8.8.8")).isEqualTo("10.7.7.7");
        assertThat(from(BALANCER)).isEqualTo(BALANCER);
    }

    @Test
    void aNetworkOfIpv6IsOneAddress() {
        assertThat(from("2001:db8:1:2::1")).isEqualTo(from("2001:db8:1:2:ffff::9"));
        assertThat(from("2001:db8:1:2::1")).isNotEqualTo(from("2001:db8:1:3::1"));
        assertThat(from("::ffff:198.51.100.1")).isEqualTo("198.51.100.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "fd00::/129", "10.0.0.0/-1", "10.0.0.0/x", "balancer", "", "10.0/8"})
    void whatIsNoBlockIsRefused(String range) {
        assertThatThrownBy(() -> TrustedProxies.of(List.of(range))).isInstanceOf(IllegalArgumentException.class);
    }

    private static String from(String peer, String... headers) {
        return PROXIES.addressOf(peer, headers(headers));
    }

    private static MultiMap headers(String... lines) {
        var headers = MultiMap.caseInsensitiveMultiMap();
        for (var line : lines) {
            var colon = line.indexOf(": ");
            headers.add(line.substring(0, colon), line.substring(colon + 2));
        }
        return headers;
    }
}
