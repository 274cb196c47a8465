package org.huying.kernel;

import java.time.Duration;

/** So many within each window of time. */
public record Limit(int permits, Duration window) {}
