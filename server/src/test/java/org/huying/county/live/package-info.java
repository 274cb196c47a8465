/** A made-up county goes into service by commands and requests alone, and what its imports asked is held against the truth. */
@NullMarked
package org.huying.county.live;

import org.jspecify.annotations.NullMarked;
