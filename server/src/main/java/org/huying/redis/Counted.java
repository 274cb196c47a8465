package org.huying.redis;

import java.time.Duration;

/** How many there were in a window, and how long it still lasts. */
record Counted(int count, Duration remaining) {}
