package org.huying.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.huying.testing.DemoTemplate;
import org.huying.testing.TestDay;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.Test;

class NodeTest {
    @Test
    void eachEventLoopIsConnectedBeforeAnybodyComes() throws SQLException {
        // given
        var url = TestServers.createDatabase(DemoTemplate.name());

        // when
        try (var node = TestNode.answering(url, DemoTemplate.KEYS, TestDay.running());
                var connection = DriverManager.getConnection(TestServers.jdbcUrl(node.databaseUrl()));
                var statement = connection.createStatement();
                var counted = statement.executeQuery("""
                        select count(*) from pg_stat_activity
                        where datname = current_database() and application_name = 'huying'
                        """)) {

            // then
            assertThat(counted.next()).isTrue();
            // One more asks for ended sessions; another shows which keys are in use, where it runs on another loop.
            assertThat(counted.getInt(1)).isBetween(TestNode.EVENT_LOOPS + 1, TestNode.EVENT_LOOPS + 2);
        }
    }
}
