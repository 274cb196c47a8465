/** For how long a district keeps details of what is over, and the nightly removal of what is past its time. */
@org.jspecify.annotations.NullMarked
package org.huying.retention;
