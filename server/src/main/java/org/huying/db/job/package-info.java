/** What happens later or apart: rows left in the transaction of their cause, worked off by any node. */
@org.jspecify.annotations.NullMarked
package org.huying.db.job;
