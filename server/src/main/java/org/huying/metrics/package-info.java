/**
 * What all figures over tickets share: which tickets, as of when, in whose sight. It reads what the ticket feature offers
 * as views, no more.
 */
package org.huying.metrics;
