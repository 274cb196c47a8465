package org.huying;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import org.huying.canteen.admin.StarterSubsidy;
import org.huying.place.Places;
import org.huying.ticket.catalogue.Catalogue;
import org.huying.ticket.catalogue.StarterCatalogue;

/**
 * What a new district may begin with, so that it need not write it all by itself: service items, working hours, the holidays
 * that are known, and subsidies by age. It stands in {@code starter.json}, as the bodies of the operations that change it.
 */
final class Starter {
    private static final String FILE = "starter.json";

    private final StarterCatalogue catalogue;

    Starter(Clock clock, Places places) {
        this.catalogue = new StarterCatalogue(new Catalogue(clock, places));
    }

    Future<Void> give(SqlConnection transaction, UUID districtId) {
        var contents = contents();
        return catalogue
                .give(transaction, districtId, contents)
                .compose(given -> StarterSubsidy.give(transaction, districtId, contents.getJsonObject("subsidy")));
    }

    static JsonObject contents() {
        try (var file = Objects.requireNonNull(Starter.class.getResourceAsStream(FILE))) {
            return new JsonObject(Buffer.buffer(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
