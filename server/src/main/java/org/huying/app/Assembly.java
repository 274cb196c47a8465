package org.huying.app;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import org.huying.canteen.Canteens;
import org.huying.canteen.FunnelRing;
import org.huying.canteen.report.CanteenReports;
import org.huying.db.Database;
import org.huying.db.Pools;
import org.huying.http.ApiHandler;
import org.huying.http.Idempotency;
import org.huying.http.Pages;
import org.huying.http.SystemRoutes;
import org.huying.identity.Authenticator;
import org.huying.identity.IdentityRoutes;
import org.huying.identity.People;
import org.huying.identity.SharedIdentity;
import org.huying.identity.WeChatAccounts;
import org.huying.identity.resident.ResidentRoutes;
import org.huying.metrics.completion.CompletionRoutes;
import org.huying.metrics.publication.PublicationRoutes;
import org.huying.metrics.scoreboard.ScoreboardRoutes;
import org.huying.metrics.service.RatesRoutes;
import org.huying.notify.ConsentRoutes;
import org.huying.notify.Notices;
import org.huying.notify.NotificationRoutes;
import org.huying.photo.PhotoRoutes;
import org.huying.place.PlaceRoutes;
import org.huying.place.Places;
import org.huying.redis.Limiter;
import org.huying.ticket.TicketRoutes;
import org.huying.ticket.Tickets;
import org.huying.ticket.catalogue.CalendarRoutes;
import org.huying.ticket.catalogue.CatalogueRoutes;
import org.huying.ticket.digest.DigestRoutes;
import org.huying.wechat.WeChatLogins;

/** Makes everything that one event loop needs, from top to bottom. */
final class Assembly {
    private static final int POOL_SIZE = 8;

    private final Database database;
    private final Limiter limiter;
    private final WeChatLogins wechat;
    private final Canteens canteens;
    private final ApiHandler handler;

    Assembly(Vertx vertx, int loop, Infrastructure shared, SharedIdentity identity, FunnelRing ring) {
        var cipher = shared.keys().cipher();
        var clock = shared.clock();
        database = new Database(Pools.forService(vertx, "loop-" + loop, shared.databaseUrl(), POOL_SIZE));
        limiter = new Limiter(vertx, shared.redisUrls(), shared.localCounters());
        var idempotency = new Idempotency(cipher, Clock.systemUTC());

        var places = new Places(cipher);
        var people = new People(cipher);
        wechat = new WeChatLogins(
                vertx,
                shared.wechat().url(),
                shared.wechat().appId(),
                shared.wechat().secret());
        canteens = new Canteens(vertx, database, cipher, places, people, idempotency, new Notices(), clock, ring);
        var canteenReports = new CanteenReports(vertx, database, cipher, places, people, canteens, clock);
        var tickets = new Tickets(cipher, places, people, clock);

        var readiness = new Readiness(shared.draining(), database, canteens::isAccepting);
        var contract = shared.contract();
        handler = new ApiHandler(
                contract,
                List.of(
                        new SystemRoutes(contract, readiness::check),
                        new IdentityRoutes(identity, database, cipher, places, wechat, canteens::names, limiter),
                        new ResidentRoutes(database, cipher, places, clock),
                        new PlaceRoutes(database, places),
                        canteens,
                        canteenReports,
                        new CatalogueRoutes(database, tickets.catalogue()),
                        new CalendarRoutes(database, clock, places),
                        new TicketRoutes(database, tickets, limiter),
                        new DigestRoutes(database),
                        new PhotoRoutes(database, shared.photoWorkshop(), clock, limiter, tickets::reads),
                        new CompletionRoutes(vertx, database, places, tickets, clock),
                        new RatesRoutes(vertx, database, places, clock),
                        new PublicationRoutes(database, places, people, clock),
                        new ScoreboardRoutes(database, places, clock, limiter),
                        new NotificationRoutes(database, clock),
                        new ConsentRoutes(database, shared.wechat().templates(), new WeChatAccounts(cipher), clock)),
                new Authenticator(identity, database),
                database,
                idempotency,
                shared.uploads(),
                shared.patience(),
                shared.requestMetrics(),
                Pages.router(vertx));
    }

    ApiHandler handler() {
        return handler;
    }

    /** Connects before anybody comes: in a crowd on the event loop a first connection is made too slowly, and times out. */
    Future<Void> open() {
        return database.open();
    }

    Future<Void> close() {
        wechat.close();
        return canteens.close().eventually(limiter::close).eventually(database::close);
    }
}
