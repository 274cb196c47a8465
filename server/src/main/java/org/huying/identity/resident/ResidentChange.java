package org.huying.identity.resident;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is to be another from now on; {@code null} stays as it is. */
record ResidentChange(
        @Nullable String name,
        @Nullable String phone,
        @Nullable LocalDate birthDate,
        @Nullable Boolean birthDateVerified) {
    /** Says that a document was seen, but not what stood in it. */
    boolean verifiesWhatIsThere() {
        return Boolean.TRUE.equals(birthDateVerified) && birthDate == null;
    }

    /** Names of the fields, as the record of changes has them. */
    List<String> fields() {
        return Stream.of(
                        name == null ? null : "name",
                        phone == null ? null : "phone",
                        birthDate == null ? null : "birthDate",
                        birthDateVerified == null ? null : "birthDateVerified")
                .filter(Objects::nonNull)
                .toList();
    }
}
