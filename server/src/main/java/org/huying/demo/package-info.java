/**
 * The servers and the district that a demo brings along; production code never depends on it.
 *
 * <p>Embedded servers run on Linux only, as their binaries do. Each has a directory of its own with everything in it:
 * the program, the data, the log of the last start, and the lock that keeps a second process out.
 */
@NullMarked
package org.huying.demo;

import org.jspecify.annotations.NullMarked;
