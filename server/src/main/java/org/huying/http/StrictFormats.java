package org.huying.http;

import io.vertx.json.schema.JsonFormatValidator;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.regex.Pattern;
import org.huying.kernel.spelling.NormalForm;
import org.huying.kernel.spelling.Shapes;
import org.huying.kernel.spelling.Typed;
import org.jspecify.annotations.Nullable;

/** The formats of the contract, so strict that what passes here also parses; what they answer is the code of the fault. */
final class StrictFormats implements JsonFormatValidator {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final String MALFORMED = "format";
    private static final Set<String> CODES = Set.of("blank", "direction_control", "phone_unclear");

    /** Those that there are; of any other nothing is demanded. */
    static final Set<String> KNOWN = Set.of("uuid", "date", "date-time", "words", "name", "phone-number", "six-digits");

    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2200;

    @Override
    public @Nullable String validateFormat(String instanceType, @Nullable String format, Object instance) {
        if (format == null || !(instance instanceof String text)) {
            return null;
        }
        return switch (format) {
            case "uuid" -> UUID.matcher(text).matches() ? null : MALFORMED;
            case "date" -> isDate(text) ? null : MALFORMED;
            case "date-time" -> isDateTime(text) ? null : MALFORMED;
            case "words" -> Shapes.isBlank(text) ? "blank" : null;
            case "name" -> Shapes.isBlank(text) ? "blank" : Shapes.turns(text) ? "direction_control" : null;
            case "phone-number" -> NormalForm.phone(text).isEmpty() ? "phone_unclear" : null;
            case "six-digits" -> Typed.isDigits(text, 6) ? null : MALFORMED;
            default -> null;
        };
    }

    /** The validator knows some formats by itself, and has a sentence of its own for them. */
    static String code(String error) {
        return CODES.contains(error) ? error : MALFORMED;
    }

    private static boolean isDate(String text) {
        try {
            return isSaneYear(LocalDate.parse(text).getYear());
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isDateTime(String text) {
        try {
            return isSaneYear(OffsetDateTime.parse(text).getYear());
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isSaneYear(int year) {
        return year >= FIRST_YEAR && year <= LAST_YEAR;
    }
}
