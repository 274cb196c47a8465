/** Verifies the event logs of a whole database: every chain, every row that follows from one, every daily digest. */
@org.jspecify.annotations.NullMarked
package org.huying.ticket.verify;
