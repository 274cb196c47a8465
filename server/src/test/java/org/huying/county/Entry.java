package org.huying.county;

import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line of a register, and whom it is about, which the office does not know.
 *
 * @param mark no two lines of a county have the same; it stands in the note of the consent
 * @param slip why nothing can be made of it, if nothing can
 */
public record Entry(
        int mark,
        Person about,
        Said said,
        boolean isSeen,
        @Nullable Slip slip,
        Like like) {
    private static final String NUMBERED = "本人同意，编号";
    private static final Pattern NUMBER = Pattern.compile(NUMBERED + "(\\d+)");

    /** What it says, each in the one spelling that is right. */
    public record Said(
            String name,
            LocalDate birthDate,
            @Nullable String phone,
            @Nullable Home home) {
        Said named(String other) {
            return new Said(other, birthDate, phone, home);
        }

        Said born(LocalDate other) {
            return new Said(name, other, phone, home);
        }

        Said reachedBy(@Nullable String other) {
            return new Said(name, birthDate, other, home);
        }

        Said at(@Nullable Home other) {
            return new Said(name, birthDate, phone, other);
        }
    }

    /** How it stands to another line about the same person, the closer ones first. */
    public enum Like {
        FIRST("the first line"),
        SAME("same name with the same number, or birth date and home"),
        MOVED("moved, with another number or none"),
        BIRTH_DATE_AT_HOME("another birth date at the same home"),
        BIRTH_DATE_WITH_NUMBER("another birth date with the same name and number"),
        NAME_WITH_NUMBER("another name with the same number and birth date"),
        NAME_AT_HOME("another name at the same home with the same birth date"),
        BIRTH_DATE_ALONE("another birth date, and neither number nor home in common"),
        APART("hardly anything in common");

        private final String words;

        Like(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** What nobody can read, or what a spreadsheet made of it. */
    public enum Slip {
        NO_DAY,
        NO_SUCH_DAY,
        OTHER_CALENDAR,
        TWO_DATES,
        TWO_DIGITS_OF_A_YEAR,
        ADDRESS_BECAME_DATE,
        NUMBER_ROUNDED,
        NO_NUMBER,
        NEITHER_NUMBER_NOR_HOME,
        VILLAGE_AMBIGUOUS
    }

    Entry slipped(Slip as) {
        return new Entry(mark, about, said, isSeen, as, like);
    }

    /** As the office hands it in again, with what its people say. */
    Entry corrected(int newMark) {
        return new Entry(newMark, about, said, isSeen, null, like);
    }

    String consent() {
        return NUMBERED + mark;
    }

    /** The mark in the note of a consent; 0 where there is none. */
    public static int markIn(String consent) {
        var found = NUMBER.matcher(consent);
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }
}
