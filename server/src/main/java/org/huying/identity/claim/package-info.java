/** Residents who say that they are somebody on record, and what becomes of that. */
@org.jspecify.annotations.NullMarked
package org.huying.identity.claim;
