package org.huying.canteen.report;

import io.vertx.core.Vertx;
import java.time.Clock;
import org.huying.canteen.Canteens;
import org.huying.db.Database;
import org.huying.db.FieldCipher;
import org.huying.http.Operations;
import org.huying.identity.People;
import org.huying.place.Places;

/** The papers of the canteens, one for each event loop. */
public final class CanteenReports implements Operations.Binder {
    private final ReportRoutes routes;

    public CanteenReports(
            Vertx vertx,
            Database database,
            FieldCipher cipher,
            Places places,
            People people,
            Canteens canteens,
            Clock clock) {
        var service = new ReportService(canteens, places, people, new ReportStore(cipher));
        routes = new ReportRoutes(vertx, database, clock, service);
    }

    @Override
    public void bind(Operations operations) {
        routes.bind(operations);
    }
}
