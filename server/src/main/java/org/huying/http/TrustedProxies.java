package org.huying.http;

import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells where a request comes from. Behind a load balancer the connection is the balancer's, and only a header names the
 * client; but anybody can send such a header, so it is read only where a trusted proxy has written it, from the right, up to
 * the first address that is none of theirs.
 */
public final class TrustedProxies {
    private static final CharSequence X_FORWARDED_FOR = HttpHeaders.createOptimized("X-Forwarded-For");
    private static final CharSequence FORWARDED = HttpHeaders.createOptimized("Forwarded");

    private static final Pattern FOR =
            Pattern.compile("(?:^|;)\\s*for\\s*=\\s*(\"[^\"]*\"|[^;\\s]*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern PORT = Pattern.compile("^(\\[[^\\]]*]|[0-9.]+)(?::[0-9_a-zA-Z.-]+)?$");
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int IPV6_NETWORK_BYTES = 8;
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};

    /** The addresses that begin with these bits. */
    private static final class Block {
        private final byte[] address;
        private final int bits;

        Block(byte[] address, int bits) {
            this.address = address;
            this.bits = bits;
        }

        boolean has(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                var mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(TrustedProxies.class);

    private final List<Block> blocks;
    private final AtomicBoolean hasWarned = new AtomicBoolean();

    private TrustedProxies(List<Block> blocks) {
        this.blocks = List.copyOf(blocks);
    }

    /** Nobody is believed. */
    public static TrustedProxies none() {
        return new TrustedProxies(List.of());
    }

    /**
     * Believes these.
     *
     * @param ranges addresses or blocks such as {@code 10.0.0.0/8}, {@code fd00::/8}
     * @throws IllegalArgumentException for what is neither
     */
    public static TrustedProxies of(List<String> ranges) {
        return new TrustedProxies(ranges.stream().map(TrustedProxies::block).toList());
    }

    /** The client's address as limits are counted by it: an IPv6 one stands for its network of 64 bits. */
    String addressOf(HttpServerRequest request) {
        return addressOf(request.remoteAddress().hostAddress(), request.headers());
    }

    String addressOf(String peer, MultiMap headers) {
        var known = bytes(peer);
        if (known == null) {
            return peer;
        }
        if (blocks.isEmpty() && (headers.contains(X_FORWARDED_FOR) || headers.contains(FORWARDED))) {
            warn();
        }
        return text(isTrusted(known) ? client(known, headers) : known);
    }

    /** Once: anybody can send such a header. */
    private void warn() {
        if (!hasWarned.get() && hasWarned.compareAndSet(false, true)) {
            LOG.warn("requests come through a proxy, and HUYING_TRUSTED_PROXIES names none:"
                    + " all of its callers count as one, and share what one may take");
        }
    }

    /**
     * A proxy writes one of the two headers and may pass the other on as the client sent it. Where both are there and do not
     * say the same, neither is believed.
     */
    private byte[] client(byte[] peer, MultiMap headers) {
        var listed = headers.getAll(X_FORWARDED_FOR);
        var forwarded = headers.getAll(FORWARDED);
        if (forwarded.isEmpty()) {
            return rightmostUntrusted(peer, split(listed));
        }
        var byForwarded = rightmostUntrusted(peer, elements(forwarded));
        return listed.isEmpty() || Arrays.equals(byForwarded, rightmostUntrusted(peer, split(listed)))
                ? byForwarded
                : peer;
    }

    /** What is no address ends the search at the proxy that wrote it. */
    private byte[] rightmostUntrusted(byte[] peer, List<String> hops) {
        var found = peer;
        Collections.reverse(hops);
        for (var hop : hops) {
            var address = bytes(withoutPort(hop));
            if (address == null) {
                return found;
            }
            found = address;
            if (!isTrusted(address)) {
                return found;
            }
        }
        return found;
    }

    private boolean isTrusted(byte[] address) {
        return blocks.stream().anyMatch(block -> block.has(address));
    }

    private static List<String> split(List<String> lines) {
        var hops = new ArrayList<String>();
        lines.forEach(line -> hops.addAll(Arrays.asList(line.split(",", -1))));
        hops.replaceAll(String::strip);
        return hops;
    }

    private static List<String> elements(List<String> lines) {
        var hops = new ArrayList<String>();
        lines.forEach(line -> hops.addAll(elements(line)));
        return hops;
    }

    /** Commas within quotes are no ends; a line whose quotes do not end says nothing, as its elements cannot be told apart. */
    private static List<String> elements(String line) {
        var hops = new ArrayList<String>();
        var isQuoted = false;
        int from = 0;
        for (int at = 0; at < line.length(); at++) {
            var c = line.charAt(at);
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (c == '\\' && isQuoted) {
                at++;
            } else if (c == ',' && !isQuoted) {
                hops.add(named(line.substring(from, at)));
                from = at + 1;
            }
        }
        hops.add(named(line.substring(from)));
        return isQuoted ? List.of("") : hops;
    }

    private static String named(String element) {
        var found = FOR.matcher(element);
        return found.find() ? found.group(1).replace("\"", "") : "";
    }

    private static String withoutPort(String hop) {
        var found = PORT.matcher(hop);
        return found.matches() ? found.group(1) : hop;
    }

    private static Block block(String range) {
        var slash = range.indexOf('/');
        var address = bytes(slash < 0 ? range : range.substring(0, slash));
        if (address == null) {
            throw new IllegalArgumentException("not an address");
        }
        var bitsMax = address.length * Byte.SIZE;
        var bits = slash < 0 ? bitsMax : Integer.parseInt(range.substring(slash + 1));
        if (bits < 0 || bits > bitsMax) {
            throw new IllegalArgumentException("not a block of addresses");
        }
        return new Block(address, bits);
    }

    /** An IPv4 address in the clothes of IPv6 is the same. */
    private static byte @Nullable [] bytes(String text) {
        var address = NetUtil.createByteArrayFromIpAddressString(text);
        var isMapped = address != null
                && address.length == IPV6_BYTES
                && Arrays.equals(address, 0, IPV6_BYTES - IPV4_BYTES, MAPPED, 0, MAPPED.length);
        return isMapped ? Arrays.copyOfRange(address, IPV6_BYTES - IPV4_BYTES, IPV6_BYTES) : address;
    }

    private static String text(byte[] address) {
        if (address.length == IPV4_BYTES) {
            return NetUtil.bytesToIpAddress(address);
        }
        Arrays.fill(address, IPV6_NETWORK_BYTES, IPV6_BYTES, (byte) 0);
        return NetUtil.bytesToIpAddress(address) + "/64";
    }
}
