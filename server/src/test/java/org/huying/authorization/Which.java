package org.huying.authorization;

/** Whose the object is, seen from the callers. */
enum Which {
    OWN,
    FOREIGN,
    FAR
}
