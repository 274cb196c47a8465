package org.huying.db;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Between rows and records. */
public final class Rows {
    private Rows() {}

    public static Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    public static <T> Function<RowSet<Row>, List<T>> list(Function<Row, T> from) {
        return rows -> stream(rows).map(from).toList();
    }

    public static <T> Function<RowSet<Row>, Optional<T>> first(Function<Row, T> from) {
        return rows -> stream(rows).findFirst().map(from);
    }

    public static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    public static @Nullable Instant instantOrNull(Row row, String column) {
        var value = row.getOffsetDateTime(column);
        return value == null ? null : value.toInstant();
    }

    public static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** The whole millisecond that it lies in, where the database would round up: for what is compared with one. */
    public static OffsetDateTime utcMillis(Instant instant) {
        return utc(instant.truncatedTo(ChronoUnit.MILLIS));
    }

    public static @Nullable OffsetDateTime utcOrNull(@Nullable Instant instant) {
        return instant == null ? null : utc(instant);
    }
}
