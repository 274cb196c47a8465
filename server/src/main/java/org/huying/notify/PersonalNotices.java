package org.huying.notify;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.huying.db.FieldCipher;
import org.huying.db.job.Jobs;
import org.huying.db.personal.OnePerson;
import org.huying.db.personal.PersonalData;
import org.huying.db.personal.Section;
import org.huying.db.personal.SectionReader;

/** What the person was told, and where they agreed to be told it. */
public final class PersonalNotices implements PersonalData {
    private final SectionReader reader;
    private final NotificationStore notices = new NotificationStore();
    private final ConsentStore consents = new ConsentStore();

    public PersonalNotices(FieldCipher cipher) {
        this.reader = new SectionReader(cipher);
    }

    @Override
    public List<Section> tell(Person person) {
        return List.of(
                reader.section("notifications", NotificationSql.TOLD, person.districtId(), person.id()),
                reader.section("notificationConsents", ConsentSql.TOLD, person.districtId(), person.id()));
    }

    /** Also what waits to be told. */
    @Override
    public Future<Set<UUID>> erase(SqlConnection transaction, Person person, Instant now) {
        var districtId = person.districtId();
        return consents.erase(transaction, districtId, person.id())
                .compose(done -> notices.erase(transaction, districtId, person.id()))
                .compose(erased -> Jobs.drop(transaction, districtId, WeChatCourier.SEND, erased))
                .compose(done -> Jobs.drop(
                        transaction,
                        districtId,
                        Notices.DELIVER,
                        Notices.RECIPIENT,
                        person.id().toString()))
                .map(Set.of());
    }

    /** What waits to be told finds the one that stays when it is. */
    @Override
    public Future<Void> follow(SqlConnection transaction, OnePerson one) {
        return consents.move(transaction, one.districtId(), one.goneId(), one.staysId())
                .compose(done -> notices.move(transaction, one.districtId(), one.goneId(), one.staysId()));
    }
}
