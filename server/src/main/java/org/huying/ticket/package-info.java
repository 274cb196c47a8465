/**
 * The service catalogue and tickets: life cycle as a table ({@link org.huying.ticket.Action}), a hash-chained event log,
 * and the row that is its projection.
 */
package org.huying.ticket;
