package org.huying.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class MigrationsTest {
    @Test
    void noWaitOfAMigrationIsWithoutEnd() {
        assertThat(Migrations.jdbcUrl(URI.create("postgresql://u:p@db:5433/huying")))
                .startsWith("jdbc:postgresql://db:5433/huying?")
                .contains("connectTimeout=5", "loginTimeout=10", "socketTimeout=1800", "tcpKeepAlive=true");
    }

    @Test
    void whatTheAddressSaysItselfStands() {
        assertThat(Migrations.jdbcUrl(URI.create("postgresql://u:p@db/huying?sslmode=require&socketTimeout=5")))
                .isEqualTo(
                        "jdbc:postgresql://db/huying?sslmode=require&socketTimeout=5&connectTimeout=5&loginTimeout=10"
                                + "&tcpKeepAlive=true");
    }
}
