package org.huying.county.live;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import org.huying.county.Entry;
import org.huying.county.Entry.Like;
import org.huying.county.Entry.Said;
import org.huying.county.Home;
import org.jspecify.annotations.Nullable;

/** A resident as they ought to stand, by what the lines about them said. */
final class Known {
    private final Entry made;
    private final Set<Home> homes = new HashSet<>();
    private @Nullable String phone;
    private boolean isSeen;

    Known(Entry made) {
        this.made = made;
        add(made);
    }

    int person() {
        return made.about().number();
    }

    int mark() {
        return made.mark();
    }

    boolean isSeen() {
        return isSeen;
    }

    /** Whether that is the home with which they were registered. */
    boolean isFirstAt(Home home) {
        return home.equals(made.said().home());
    }

    String name() {
        return made.said().name();
    }

    LocalDate birthDate() {
        return made.said().birthDate();
    }

    @Nullable
    String phone() {
        return phone;
    }

    Set<Home> homes() {
        return homes;
    }

    /**
     * What was not known of them is added, and nothing is changed; their birth date counts as seen where a line says so that
     * says the same date. Whether anything was added.
     */
    boolean add(Entry line) {
        var said = line.said();
        var before = (phone == null ? 0 : 1) + (isSeen ? 1 : 0) + homes.size();
        phone = phone == null ? said.phone() : phone;
        isSeen = isSeen || (line.isSeen() && hasBirthDateOf(said));
        if (said.home() != null) {
            homes.add(said.home());
        }
        return (phone == null ? 0 : 1) + (isSeen ? 1 : 0) + homes.size() > before;
    }

    /** Somebody is the same who has the same name and number, or the same name, birth date and home. */
    boolean isRecognisedIn(Said said) {
        return hasNameOf(said) && (isReachedBy(said.phone()) || (isAt(said.home()) && hasBirthDateOf(said)));
    }

    /** Whether it is promised that whoever hands it in is asked. */
    boolean isToBeAskedOf(Said said) {
        return (hasNameOf(said) && (hasBirthDateOf(said) || isAt(said.home())))
                || (hasBirthDateOf(said) && isReachedBy(said.phone()));
    }

    Like likeness(Said said) {
        if (hasNameOf(said)) {
            if (isReachedBy(said.phone())) {
                return hasBirthDateOf(said) ? Like.SAME : Like.BIRTH_DATE_WITH_NUMBER;
            }
            if (isAt(said.home())) {
                return hasBirthDateOf(said) ? Like.SAME : Like.BIRTH_DATE_AT_HOME;
            }
            return hasBirthDateOf(said) ? Like.MOVED : Like.BIRTH_DATE_ALONE;
        }
        if (hasBirthDateOf(said) && (isReachedBy(said.phone()) || isAt(said.home()))) {
            return isReachedBy(said.phone()) ? Like.NAME_WITH_NUMBER : Like.NAME_AT_HOME;
        }
        return Like.APART;
    }

    private boolean hasNameOf(Said said) {
        return name().equals(said.name());
    }

    private boolean hasBirthDateOf(Said said) {
        return birthDate().equals(said.birthDate());
    }

    private boolean isReachedBy(@Nullable String other) {
        return phone != null && phone.equals(other);
    }

    private boolean isAt(@Nullable Home other) {
        return other != null && homes.contains(other);
    }
}
