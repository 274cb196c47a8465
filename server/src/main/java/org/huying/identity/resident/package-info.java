/** People who do not log in: registered by their grid, found again at the counter. */
@org.jspecify.annotations.NullMarked
package org.huying.identity.resident;
