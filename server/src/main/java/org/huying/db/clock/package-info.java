/** Time never runs backwards against what is stored: whether this node's clock may be written with. */
@org.jspecify.annotations.NullMarked
package org.huying.db.clock;
