/** The one-time completion rate: its figures, and the tickets behind each of them. */
package org.huying.metrics.completion;
