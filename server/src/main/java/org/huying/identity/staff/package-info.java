/** The accounts of staff: made, changed and suspended by those above them. */
@NullMarked
package org.huying.identity.staff;

import org.jspecify.annotations.NullMarked;
