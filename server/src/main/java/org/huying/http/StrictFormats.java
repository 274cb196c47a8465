package org.huying.http;

import io.vertx.json.schema.JsonFormatValidator;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The formats of the contract, so strict that what passes here also parses. */
final class StrictFormats implements JsonFormatValidator {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2200;

    @Override
    public @Nullable String validateFormat(String instanceType, @Nullable String format, Object instance) {
        if (format == null || !(instance instanceof String text)) {
            return null;
        }
        return switch (format) {
            case "uuid" -> UUID.matcher(text).matches() ? null : format;
            case "date" -> isDate(text) ? null : format;
            case "date-time" -> isDateTime(text) ? null : format;
            default -> null;
        };
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
