package org.huying.identity.mandate;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.util.UUID;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.http.Operations;
import org.huying.identity.People;
import org.huying.identity.Tidings;
import org.huying.identity.Wards;
import org.huying.kernel.Caller;

/** Mandates: their operations, and who sees one. Whether one is in force is asked of {@link People}. */
public final class Mandates implements Operations.Binder {
    private final MandateService service;
    private final MandateRoutes routes;

    public Mandates(
            Database database,
            FieldCipher cipher,
            People people,
            Wards wards,
            ConsentPhotos photos,
            Tidings tidings,
            Clock clock) {
        service = new MandateService(people, wards, new MandateStore(cipher), photos, tidings, Clock.systemUTC());
        routes = new MandateRoutes(database, service, clock);
    }

    @Override
    public void bind(Operations operations) {
        routes.bind(operations);
    }

    /** Whether the caller sees the mandate, and so the photo of its consent: both sides, and whoever looks after the grantor. */
    public Future<Boolean> sees(SqlClient client, Caller caller, UUID mandateId) {
        return service.sees(client, caller, mandateId);
    }
}
