/** Households: finding one, joining, approving, leaving. */
package org.huying.identity.household;
