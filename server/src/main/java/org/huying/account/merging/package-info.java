/** Two entries of one person become one: every feature gives its part, this room puts them together. */
@org.jspecify.annotations.NullMarked
package org.huying.account.merging;
