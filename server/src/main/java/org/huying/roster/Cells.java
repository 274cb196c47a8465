package org.huying.roster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.huying.kernel.spelling.Shapes;

/** Reads the cells of a row, and collects everything that is wrong with them. */
final class Cells {
    static final int NAME_MAX = 60;
    static final int ADDRESS_MAX = 100;
    static final int NOTE_MAX = 500;

    private final FileRow row;
    private final List<RowError> errors = new ArrayList<>();

    Cells(FileRow row) {
        this.row = row;
        row.slips().forEach(this::fault);
    }

    FileRow row() {
        return row;
    }

    List<RowError> errors() {
        return errors;
    }

    boolean isBad() {
        return !errors.isEmpty();
    }

    void fault(Column column, String code) {
        errors.add(new RowError(column, code));
    }

    /** Nothing where it is missing or too long, which is a fault. */
    String text(Column column, int max) {
        var text = row.text(column);
        if (row.slip(column) != null) {
            return text;
        }
        if (Shapes.isBlank(text)) {
            fault(column, "cell_missing");
        } else if (column != Column.CONSENT && Shapes.turns(text)) {
            fault(column, "direction_control");
        } else if (text.codePointCount(0, text.length()) > max) {
            errors.add(new RowError(column, "cell_too_long", Integer.toString(max)));
        }
        return text;
    }

    /** What a text means; a fault where it means nothing. */
    <T> Optional<T> meaning(Column column, String code, Function<String, Optional<T>> reading) {
        if (row.slip(column) != null) {
            return Optional.empty();
        }
        var meaning = reading.apply(row.text(column));
        if (meaning.isEmpty()) {
            fault(column, row.has(column) ? code : "cell_missing");
        }
        return meaning;
    }
}
