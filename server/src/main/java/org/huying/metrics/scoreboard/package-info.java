/** What everybody may know of a district's figures, and nothing of which a single household could be made out. */
@org.jspecify.annotations.NullMarked
package org.huying.metrics.scoreboard;
