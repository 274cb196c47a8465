package org.huying.county;

/**
 * Where people live.
 *
 * @param address within the village, in the one spelling that is right
 */
public record Home(Village village, String address) {
    /** Below a town; no two of a county have one name. */
    public record Community(String town, String name) {}

    /** Some have the name of one in another community. */
    public record Village(Community community, String name) {}
}
