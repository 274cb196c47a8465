/** A county that is made up, with the truth about its people, and the registers that its offices keep of them. */
@NullMarked
package org.huying.county;

import org.jspecify.annotations.NullMarked;
