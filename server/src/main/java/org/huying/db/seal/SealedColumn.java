package org.huying.db.seal;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A column of sealed values, and how its rows are gone through: in the order of their keys, so many at a time.
 *
 * @param ofDistrict whether its primary key begins with the district, as all do but those of the directory above them
 * @param key        the rest of its primary key
 */
public record SealedColumn(String table, String column, boolean ofDistrict, List<KeyPart> key) {
    /**
     * A column of a primary key.
     *
     * @param least a value that none comes before and that no row has
     */
    public record KeyPart(String name, String type, String least) {
        static final KeyPart ID = uuid("id");

        static KeyPart uuid(String name) {
            return new KeyPart(name, "uuid", "00000000-0000-0000-0000-000000000000");
        }

        static KeyPart text(String name) {
            return new KeyPart(name, "text", "");
        }
    }

    public SealedColumn {
        key = List.copyOf(key);
    }

    static SealedColumn byId(String table, String column) {
        return new SealedColumn(table, column, true, List.of(KeyPart.ID));
    }

    /** {@code table.column} */
    public String name() {
        return table + "." + column;
    }

    List<String> beginning() {
        return key.stream().map(KeyPart::least).toList();
    }

    /**
     * The next rows: their keys, and the value where it is under another key than $2. Only names of {@link SealedColumns}
     * are put together here.
     */
    String selectSql() {
        return "SELECT ARRAY[" + keys("%1$s::text") + "] AS at,"
                + " CASE WHEN substring(" + column + " FROM 1 FOR 1) <> $2 THEN " + column + " END AS old"
                + " FROM " + table
                + " WHERE " + ofDistrict("district_id")
                + " AND (" + keys("%1$s") + ") > (" + keys("($3::text[])[%3$d]::%2$s") + ")"
                + " ORDER BY " + keys("%1$s")
                + " LIMIT $4";
    }

    /** Puts new values in the place of those that are still the old ones. */
    String updateSql() {
        return "UPDATE " + table + " t SET " + column + " = v.sealed"
                + " FROM unnest($2::bytea[], $3::bytea[], " + keys("$%4$d::text[]") + ")"
                + " AS v (old, sealed, " + keys("k%3$d") + ")"
                + " WHERE " + ofDistrict("t.district_id")
                + " AND " + keys("t.%1$s = v.k%3$d::%2$s", " AND ")
                + " AND t." + column + " = v.old";
    }

    /** The directory's rows are every district's to seal anew. */
    private String ofDistrict(String name) {
        return ofDistrict ? name + " = $1" : "$1::uuid IS NOT NULL";
    }

    private String keys(String form) {
        return keys(form, ", ");
    }

    private String keys(String form, String between) {
        return IntStream.range(0, key.size())
                .mapToObj(i -> form.formatted(key.get(i).name(), key.get(i).type(), i + 1, i + 4))
                .collect(Collectors.joining(between));
    }
}
