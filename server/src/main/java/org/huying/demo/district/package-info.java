/** The demo districts: made once, from a fixed seed, into an empty database. */
@NullMarked
package org.huying.demo.district;

import org.jspecify.annotations.NullMarked;
