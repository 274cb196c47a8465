package org.huying.kernel;

/**
 * One thing wrong with an input.
 *
 * @param pointer JSON pointer into the body, or {@code /query/name}, {@code /path/name}, {@code /header/name}
 * @param code    machine-readable; its sentence stands in the problem texts under {@code fault.<code>}
 * @param hint    what would have been right, such as a bound or the allowed values; may be empty
 */
public record Fault(String pointer, String code, String hint) {
    public Fault(String pointer, String code) {
        this(pointer, code, "");
    }
}
