package org.huying.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TestServersTest {
    @Test
    void aDatabaseIsACopyOfItsTemplate() throws SQLException {
        // given
        String template = TestServers.ownerUrl(TestServers.createDatabase());
        try (Connection connection = DriverManager.getConnection(TestServers.jdbcUrl(template));
                Statement statement = connection.createStatement()) {
            statement.execute("create table inherited (value int)");
        }

        // when
        String copy = TestServers.ownerUrl(TestServers.createDatabase(TestServers.databaseName(template)));

        // then
        assertThat(copy).isNotEqualTo(template);
        try (Connection connection = DriverManager.getConnection(TestServers.jdbcUrl(copy));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from inherited")) {
            assertThat(result.next()).isTrue();
        }
    }

    @Test
    void redisTakesOnlyThoseWhoKnowItsPassword() throws IOException {
        // given
        URI url = URI.create(TestServers.redisUrl());

        // when
        String answer;
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            answer = new String(socket.getInputStream().readNBytes(7), StandardCharsets.US_ASCII);
        }

        // then
        assertThat(answer).isEqualTo("-NOAUTH");
    }
}
