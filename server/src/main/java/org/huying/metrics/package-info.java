/** Figures over tickets: the one-time completion rate. It reads what the ticket feature offers as a view, no more. */
package org.huying.metrics;
