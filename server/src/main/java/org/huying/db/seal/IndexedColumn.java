package org.huying.db.seal;

import java.util.List;
import java.util.function.Function;
import org.huying.kernel.spelling.NormalForm;

/**
 * A column by whose keyed index a sealed text is found, in its normal form, in a table of a district's with the key
 * {@code district_id, id}.
 *
 * @param form   the normal form of what is sealed
 * @param unique beside which column it is held unique; empty where it is not
 */
record IndexedColumn(String table, String sealed, String index, Function<String, NormalForm> form, String unique) {
    /** A test holds it against the database. */
    static final List<IndexedColumn> ALL = List.of(
            new IndexedColumn("household", "address_sealed", "address_index", NormalForm::ofName, "compound_id"),
            new IndexedColumn("resident", "name_sealed", "name_index", NormalForm::ofName, ""),
            new IndexedColumn("resident", "phone_sealed", "phone_index", NormalForm::ofNumber, ""),
            new IndexedColumn("staff", "name_sealed", "name_index", NormalForm::ofName, ""));

    String name() {
        return table + "." + index;
    }

    /** The next rows behind $2 that are indexed as before there were editions. Only names of {@link #ALL} are put together. */
    String selectSql() {
        return "SELECT id, " + sealed + " AS sealed, " + index + " AS old FROM " + table
                + " WHERE district_id = $1 AND octet_length(" + index + ") = 32 AND id > $2 ORDER BY id LIMIT $3";
    }

    /** Where somebody has written meanwhile it stays, and where another has that index already. */
    String updateSql() {
        return unique.isEmpty()
                ? "UPDATE " + table + " t SET " + index + " = v.new"
                        + " FROM unnest($2::uuid[], $3::bytea[], $4::bytea[]) AS v (id, old, new)"
                        + " WHERE t.district_id = $1 AND t.id = v.id AND t." + index + " = v.old AND v.new <> v.old"
                : "UPDATE " + table + " t SET " + index + " = v.new FROM ("
                        + "SELECT DISTINCT ON (o." + unique + ", n.new) o.id, n.old, n.new"
                        + " FROM unnest($2::uuid[], $3::bytea[], $4::bytea[]) AS n (id, old, new)"
                        + " JOIN " + table + " o ON o.district_id = $1 AND o.id = n.id"
                        + " WHERE NOT EXISTS (SELECT 1 FROM " + table + " other WHERE other.district_id = $1"
                        + " AND other." + unique + " = o." + unique + " AND other." + index + " = n.new)"
                        + " ORDER BY o." + unique + ", n.new, o.id) AS v"
                        + " WHERE t.district_id = $1 AND t.id = v.id AND t." + index + " = v.old AND v.new <> v.old";
    }
}
