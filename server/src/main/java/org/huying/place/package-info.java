/** The tree of places, organizations and whom they serve, households and their members. */
package org.huying.place;
