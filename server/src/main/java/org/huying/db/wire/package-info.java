/** Connections to PostgreSQL that cannot be waited for without end, whatever has become of the other side. */
@org.jspecify.annotations.NullMarked
package org.huying.db.wire;
