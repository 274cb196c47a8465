package org.huying.app;

/**
 * Where a node listens.
 *
 * @param httpAddress       a literal address of this machine, or one that means all of them
 * @param httpPort          0 for a free one
 * @param managementAddress as the other
 * @param managementPort    0 for a free one
 */
public record Endpoints(String httpAddress, int httpPort, String managementAddress, int managementPort) {
    public static final String LOOPBACK = "127.0.0.1";
    public static final String ALL = "0.0.0.0";

    /** For whoever is on the same machine. */
    public static Endpoints local(int httpPort, int managementPort) {
        return new Endpoints(LOOPBACK, httpPort, LOOPBACK, managementPort);
    }
}
