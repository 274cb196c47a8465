/** What administrators change: the tree of places, organizations, contracts, and who serves what. */
@org.jspecify.annotations.NullMarked
package org.huying.place.admin;
