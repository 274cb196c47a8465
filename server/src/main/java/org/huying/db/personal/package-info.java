/** What is kept of a person: each feature tells its part of it, and forgets it. It knows no feature. */
@org.jspecify.annotations.NullMarked
package org.huying.db.personal;
