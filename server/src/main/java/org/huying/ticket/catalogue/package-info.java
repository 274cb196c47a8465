/** What can be asked for, what must be supplied with it, and by when it must be answered and done. */
@org.jspecify.annotations.NullMarked
package org.huying.ticket.catalogue;
