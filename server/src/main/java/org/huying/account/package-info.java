/** What somebody has with the service as a whole, across all features. */
@org.jspecify.annotations.NullMarked
package org.huying.account;
