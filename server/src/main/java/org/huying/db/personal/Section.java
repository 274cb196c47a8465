package org.huying.db.personal;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The rows of one kind.
 *
 * @param cut whether there are more than are told
 */
public record Section(String name, List<Map<String, Object>> rows, boolean cut) {
    /** The same with each row changed. */
    public Section map(UnaryOperator<Map<String, Object>> change) {
        return new Section(name, rows.stream().map(change).toList(), cut);
    }
}
