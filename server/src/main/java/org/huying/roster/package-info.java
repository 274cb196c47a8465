/** Taking in households, residents and staff from files as a district office has them. */
@NullMarked
package org.huying.roster;

import org.jspecify.annotations.NullMarked;
