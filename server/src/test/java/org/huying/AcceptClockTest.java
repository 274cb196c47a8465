package org.huying;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.huying.testing.ShiftedClock;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.Test;

class AcceptClockTest {
    private final ShiftedClock clock = ShiftedClock.real();
    private final String url = TestServers.createMigratedDatabase();

    @Test
    void whatWasWrittenByAClockAheadIsAcceptedOnceAndIsOnRecord() throws SQLException {
        // given
        execute("INSERT INTO clock_mark (latest) VALUES (clock_timestamp() + interval '2 days')");

        // when
        int withAWrongClock = with(Duration.ofHours(2));
        int first = with(Duration.ZERO);
        int second = with(Duration.ZERO);

        // then
        assertThat(withAWrongClock).isEqualTo(1);
        assertThat(first).isZero();
        assertThat(second).isEqualTo(1);
        assertThat(text("SELECT string_agg(kind, ' ' ORDER BY noticed_at, id) FROM clock_incident"))
                .isEqualTo("ahead backwards accepted");
        assertThat(text("SELECT latest < clock_timestamp() + interval '1 minute' FROM clock_mark"))
                .isEqualTo("t");
    }

    @Test
    void anAddressThatIsNoneIsAnsweredWithTheUsage() {
        assertThat(AcceptClock.run(new String[] {"nonsense"}, Map.of(), clock)).isEqualTo(2);
        assertThat(AcceptClock.run(new String[0], Map.of(), clock)).isEqualTo(2);
    }

    private int with(Duration ahead) {
        clock.shift(ahead);
        return AcceptClock.run(new String[] {url}, Map.of(), clock);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(TestServers.jdbcUrl(url));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String text(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(TestServers.jdbcUrl(url));
                var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            assertThat(found.next()).isTrue();
            return found.getString(1);
        }
    }
}
