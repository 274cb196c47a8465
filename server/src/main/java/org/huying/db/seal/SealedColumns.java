package org.huying.db.seal;

import static org.huying.db.seal.SealedColumn.byId;

import java.util.List;
import org.huying.db.seal.SealedColumn.KeyPart;

/** Every column of sealed values: what is not listed here would be lost with the key that it was sealed under. */
public final class SealedColumns {
    /** A test holds it against the database and against the page on data at rest. */
    public static final List<SealedColumn> ALL = List.of(
            byId("household", "address_sealed"),
            byId("resident", "name_sealed"),
            byId("resident", "phone_sealed"),
            byId("resident", "birth_date_sealed"),
            byId("resident", "consent_note_sealed"),
            byId("resident_change", "reason_sealed"),
            byId("resident_claim", "reason_sealed"),
            byId("unmasking", "reason_sealed"),
            byId("unmasking", "asked_sealed"),
            byId("mandate", "consent_note_sealed"),
            byId("staff", "name_sealed"),
            byId("account_audit", "detail_sealed"),
            new SealedColumn(
                    "wechat_login", "openid_sealed", false, List.of(new KeyPart("openid_index", "bytea", "\\x"))),
            ofImport("content_sealed"),
            ofImport("activation_code_sealed"),
            byId("meal", "cancel_reason_sealed"),
            byId("booking", "delivery_address_sealed"),
            byId("booking", "cancel_reason_sealed"),
            new SealedColumn(
                    "ticket_event",
                    "shown_sealed",
                    true,
                    List.of(KeyPart.uuid("ticket_id"), new KeyPart("seq", "int", "0"))),
            new SealedColumn(
                    "idempotency",
                    "answer_sealed",
                    true,
                    List.of(KeyPart.uuid("caller_id"), KeyPart.text("operation"), KeyPart.text("key"))));

    private SealedColumns() {}

    private static SealedColumn ofImport(String column) {
        return new SealedColumn(
                "roster_import_row", column, true, List.of(KeyPart.uuid("import_id"), new KeyPart("row", "int", "0")));
    }
}
