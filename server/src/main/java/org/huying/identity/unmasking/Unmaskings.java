package org.huying.identity.unmasking;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.personal.PersonalData;
import org.huying.db.personal.Section;
import org.huying.db.personal.SectionReader;
import org.huying.kernel.Caller;
import org.huying.kernel.Ids;

/** Puts on record who reads whose data in full. The entry is as lasting as the answer: one transaction has both. */
public final class Unmaskings implements PersonalData {
    private final UnmaskingStore store;
    private final SectionReader reader;
    private final Clock clock;

    public Unmaskings(FieldCipher cipher, Clock clock) {
        this.store = new UnmaskingStore(cipher);
        this.reader = new SectionReader(cipher);
        this.clock = clock;
    }

    public Future<Void> record(SqlConnection transaction, Caller caller, Look look) {
        return store.add(transaction, caller, Ids.next(), look, clock.instant());
    }

    @Override
    public List<Section> tell(Person person) {
        return List.of(reader.section("unmaskings", UnmaskingSql.TOLD, person.districtId(), person.id()));
    }

    /** The entry stays, as an account of those who looked; their words about whom they looked at do not. */
    @Override
    public Future<Set<UUID>> erase(SqlConnection transaction, Person person, Instant now) {
        return store.eraseReasons(transaction, person.districtId(), person.id());
    }
}
