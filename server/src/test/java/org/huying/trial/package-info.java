/** Bad days, tried on real processes: what is promised about them is measured, and nothing acknowledged may be lost. */
@org.jspecify.annotations.NullMarked
package org.huying.trial;
