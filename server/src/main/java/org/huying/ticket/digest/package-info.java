/** The daily digest of each district's event log: what it is made of, the job that publishes it, and who asks for it. */
@org.jspecify.annotations.NullMarked
package org.huying.ticket.digest;
