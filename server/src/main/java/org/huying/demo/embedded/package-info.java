/**
 * PostgreSQL and Redis out of jars. They run on Linux only, as their binaries do. Each has a directory of its own with
 * everything in it: the program, the data, the log of the last start, and the lock that keeps a second process out.
 */
package org.huying.demo.embedded;
