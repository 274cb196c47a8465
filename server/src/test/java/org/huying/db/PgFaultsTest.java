package org.huying.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgException;
import org.huying.kernel.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is the server's state and not the statement's fault is told as that. */
class PgFaultsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "53000", "53100", "53200", "53300", "53400", "58000", "58030", "58P01", "25006", "57P01", "57P02",
                "57P03", "57P04", "57P05", "57014", "08000", "08003", "08006", "08P01", "55P03", "25P03", "25P04",
                "28P01", "3D000", "40001", "40P01"
            })
    void theServersStateIsAnOutage(String state) {
        assertThat(PgFaults.asRefusalOrSame(fault(state))).isInstanceOf(Refusal.Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"42601", "42P01", "22001", "22P02", "23502", "XX000", "P0001"})
    void aFaultOfOursStaysOne(String state) {
        assertThat(PgFaults.asRefusalOrSame(fault(state))).isInstanceOf(PgException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"53100", "53200", "58030", "25006"})
    void someRefuseOnlyWhatIsWritten(String state) {
        assertThat(PgFaults.refusesWrites(fault(state))).isTrue();
        assertThat(PgFaults.refusesWrites(fault("57P01"))).isFalse();
    }

    private static PgException fault(String state) {
        return new PgException("", "ERROR", state, "");
    }
}
