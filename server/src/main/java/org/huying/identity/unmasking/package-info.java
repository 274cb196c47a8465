/** Reading somebody's data in full: allowed elsewhere, put on record here, told to supervisors and to whom it is about. */
@org.jspecify.annotations.NullMarked
package org.huying.identity.unmasking;
