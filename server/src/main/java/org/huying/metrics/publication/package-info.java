/**
 * Months that a district has published: their figures are kept as they were, with a digest of the events that they rest
 * on, and can be checked for ever.
 */
@org.jspecify.annotations.NullMarked
package org.huying.metrics.publication;
