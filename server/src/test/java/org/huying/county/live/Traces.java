package org.huying.county.live;

import io.vertx.core.buffer.Buffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.huying.county.Entry;
import org.huying.county.Home;
import org.huying.county.Home.Community;
import org.huying.county.Home.Village;
import org.huying.db.FieldCipher;
import org.huying.testing.TestServers;
import org.jspecify.annotations.Nullable;

/** Who is in the database, opened with the keys of whoever founded the district: which line of which register made them. */
final class Traces {
    private static final String RESIDENTS = """
            SELECT r.id, r.name_sealed, r.phone_sealed, r.birth_date_sealed, r.birth_date_verified, r.consent_note_sealed,
                ARRAY(SELECT m.household_id FROM household_member m
                    WHERE m.district_id = r.district_id AND m.resident_id = r.id) AS homes
            FROM resident r
            """;

    private static final String HOUSEHOLDS = """
            SELECT h.id, h.address_sealed, v.name AS village, c.name AS community, t.name AS town
            FROM household h
            JOIN place v ON v.district_id = h.district_id AND v.id = h.compound_id
            JOIN place c ON c.district_id = v.district_id AND c.id = v.path[array_length(v.path, 1) - 1]
            JOIN place t ON t.district_id = c.district_id AND t.id = c.path[array_length(c.path, 1) - 1]
            """;

    /** @param mark of the line that made them */
    record Resident(
            UUID id,
            int mark,
            String name,
            @Nullable String phone,
            LocalDate birthDate,
            boolean isSeen,
            List<Home> homes) {}

    private final String url;
    private final FieldCipher cipher;

    Traces(String url, FieldCipher cipher) {
        this.url = url;
        this.cipher = cipher;
    }

    /** Those whom an import has made. */
    List<Resident> residents() {
        try (var connection = DriverManager.getConnection(TestServers.jdbcUrl(url))) {
            var homes = homes(connection);
            var found = new ArrayList<Resident>();
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(RESIDENTS)) {
                while (row.next()) {
                    var consent = open(row, "consent_note_sealed");
                    if (consent != null && Entry.markIn(consent) > 0) {
                        found.add(resident(row, consent, homes));
                    }
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Resident resident(ResultSet row, String consent, Map<UUID, Home> homes) throws SQLException {
        var lives = new ArrayList<Home>();
        for (var id : (UUID[]) row.getArray("homes").getArray()) {
            lives.add(homes.getOrDefault(id, new Home(new Village(new Community("", ""), ""), id.toString())));
        }
        return new Resident(
                row.getObject("id", UUID.class),
                Entry.markIn(consent),
                String.valueOf(open(row, "name_sealed")),
                open(row, "phone_sealed"),
                LocalDate.parse(String.valueOf(open(row, "birth_date_sealed"))),
                row.getBoolean("birth_date_verified"),
                lives);
    }

    /** As they were typed. */
    private Map<UUID, Home> homes(Connection connection) throws SQLException {
        var homes = new HashMap<UUID, Home>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(HOUSEHOLDS)) {
            while (row.next()) {
                var village = new Village(
                        new Community(row.getString("town"), row.getString("community")), row.getString("village"));
                homes.put(
                        row.getObject("id", UUID.class),
                        new Home(village, String.valueOf(open(row, "address_sealed"))));
            }
        }
        return homes;
    }

    private @Nullable String open(ResultSet row, String column) throws SQLException {
        var sealed = row.getBytes(column);
        return sealed == null ? null : cipher.open(Buffer.buffer(sealed));
    }
}
