package org.huying.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the role that the service runs as may do to the log, whatever the service is made to do. */
class LogRightsTest {
    private static LogWorld log;

    @BeforeAll
    static void open() {
        log = new LogWorld();
    }

    @AfterAll
    static void close() {
        log.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ticket_event SET type = 'closed'",
                "UPDATE ticket_event SET hash = ''",
                "UPDATE ticket_event SET shown_sealed = NULL, data = '{}'",
                "UPDATE ticket_event SET recorded_at = at",
                "INSERT INTO ticket_event (district_id, recorded_at) VALUES (gen_random_uuid(), now())",
                "UPDATE clock_incident SET latest = now()",
                "DELETE FROM clock_incident",
                "DELETE FROM ticket_event",
                "TRUNCATE ticket_event",
                "ALTER TABLE ticket_event DISABLE TRIGGER USER",
                "ALTER TABLE ticket_event DISABLE TRIGGER ticket_event_append_only",
                "DROP TRIGGER ticket_event_append_only ON ticket_event",
                "DROP TABLE ticket_event CASCADE",
                "CREATE OR REPLACE FUNCTION ticket_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN RETURN NEW; END'",
                "SET session_replication_role = 'replica'",
                "UPDATE log_digest SET digest = ''",
                "DELETE FROM log_digest",
                "TRUNCATE log_digest CASCADE",
                "ALTER TABLE log_digest DISABLE TRIGGER USER",
                "UPDATE log_digest_head SET hash = ''",
                "DELETE FROM log_digest_head",
                "TRUNCATE log_digest_head",
                "UPDATE ticket_log SET hash = ''",
                "DELETE FROM ticket_log",
                "UPDATE completion_report SET digest = ''",
                "UPDATE completion_report SET figures = '{}'",
                "DELETE FROM completion_report",
                "TRUNCATE completion_report",
                "UPDATE ticket_actor SET person_id = gen_random_uuid()",
                "UPDATE ticket_actor SET salt = '', commitment = ''",
                "DELETE FROM ticket_actor",
                "TRUNCATE ticket_actor",
                "UPDATE unmasking SET actor_id = subject_id",
                "UPDATE unmasking SET reason_sealed = NULL, at = now()",
                "DELETE FROM unmasking",
                "TRUNCATE unmasking",
                "UPDATE resident_change SET fields = '{name}'",
                "DELETE FROM resident_change",
                "TRUNCATE ticket CASCADE",
                "CREATE TABLE public.mine (id int)",
                "DELETE FROM flyway_schema_history",
                "CREATE ROLE helper SUPERUSER",
            })
    void nothingThatStandsCanBeChanged(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(TestServers.jdbcUrl(log.world.url));
                var sql = connection.createStatement()) {
            assertThatThrownBy(() -> sql.execute(statement))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        }
    }

    @Test
    void wordsCanBeErased() throws SQLException {
        try (var connection = DriverManager.getConnection(TestServers.jdbcUrl(log.world.url));
                var sql = connection.createStatement()) {
            assertThat(sql.executeUpdate("UPDATE ticket_event SET shown_sealed = NULL"))
                    .isPositive();
        }
    }

    @Test
    void theOwnerIsStoppedByTheTriggers() {
        for (var table :
                new String[] {"ticket_event", "ticket_actor", "log_digest", "log_digest_head", "completion_report"}) {
            assertThatThrownBy(() -> log.world.tamper("DELETE FROM " + table)).hasMessageContaining("append-only");
            assertThatThrownBy(() -> log.world.tamper("TRUNCATE " + table + " CASCADE"))
                    .hasMessageContaining("append-only");
        }
    }
}
