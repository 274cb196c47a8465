package org.huying.app;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.huying.account.acts.ActsRoutes;
import org.huying.account.merging.MergeRoutes;
import org.huying.account.personal.PersonalParts;
import org.huying.account.personal.PersonalRoutes;
import org.huying.canteen.Canteens;
import org.huying.canteen.FunnelRing;
import org.huying.canteen.admin.CanteenAdminRoutes;
import org.huying.canteen.report.CanteenReports;
import org.huying.db.Database;
import org.huying.db.seal.KeyLease;
import org.huying.http.ApiHandler;
import org.huying.http.Idempotency;
import org.huying.http.Pages;
import org.huying.http.RateLimits;
import org.huying.http.SystemRoutes;
import org.huying.identity.Authenticator;
import org.huying.identity.IdentityRoutes;
import org.huying.identity.People;
import org.huying.identity.SharedIdentity;
import org.huying.identity.Tidings;
import org.huying.identity.Wards;
import org.huying.identity.WeChatAccounts;
import org.huying.identity.claim.Claims;
import org.huying.identity.household.HouseholdRoutes;
import org.huying.identity.mandate.Mandates;
import org.huying.identity.resident.Merges;
import org.huying.identity.resident.PhoneRoutes;
import org.huying.identity.resident.Profiles;
import org.huying.identity.resident.ResidentRoutes;
import org.huying.identity.session.SessionRoutes;
import org.huying.identity.session.Sessions;
import org.huying.identity.staff.StaffRoutes;
import org.huying.identity.unmasking.UnmaskingRoutes;
import org.huying.identity.unmasking.Unmaskings;
import org.huying.metrics.completion.CompletionRoutes;
import org.huying.metrics.publication.PublicationRoutes;
import org.huying.metrics.scoreboard.ScoreboardRoutes;
import org.huying.metrics.service.RatesRoutes;
import org.huying.notify.ConsentRoutes;
import org.huying.notify.Notice;
import org.huying.notify.Notices;
import org.huying.notify.NotificationRoutes;
import org.huying.photo.PersonalPhotos;
import org.huying.photo.PhotoRoutes;
import org.huying.photo.Photos;
import org.huying.place.PlaceRoutes;
import org.huying.place.Places;
import org.huying.place.admin.OrganizationRoutes;
import org.huying.place.admin.PlaceAdminRoutes;
import org.huying.place.admin.Uses;
import org.huying.redis.Limiter;
import org.huying.retention.RetentionRoutes;
import org.huying.roster.RosterRoutes;
import org.huying.ticket.TicketRoutes;
import org.huying.ticket.Tickets;
import org.huying.ticket.UnmaskRoutes;
import org.huying.ticket.catalogue.CalendarRoutes;
import org.huying.ticket.catalogue.CatalogueRoutes;
import org.huying.ticket.digest.DigestRoutes;
import org.huying.wechat.WeChatLogins;
import org.huying.wechat.WeChatPhones;

/** Makes everything that one event loop needs, from top to bottom. */
final class Assembly {
    private static final int POOL_SIZE = 8;

    private final Database database;
    private final Readiness readiness;
    private final Pulse pulse;
    private final Limiter limiter;
    private final WeChatLogins wechat;
    private final WeChatPhones phones;
    private final Canteens canteens;
    private final ApiHandler handler;

    Assembly(
            Vertx vertx,
            int loop,
            Infrastructure shared,
            SharedIdentity identity,
            FunnelRing ring,
            Readiness readiness) {
        var cipher = shared.keys().cipher();
        var clock = shared.clock();
        database = new KeyLease(cipher)
                .forService(vertx, "loop-" + loop, shared.databaseUrl(), POOL_SIZE, shared.waits())
                .guardedBy(shared.clockGuard());
        pulse = new Pulse(vertx, database);
        this.readiness = readiness;
        limiter = new Limiter(vertx, shared.redisUrls(), shared.localCounters());
        var idempotency = new Idempotency(cipher, Clock.systemUTC());

        var places = new Places(cipher);
        var people = new People(cipher);
        wechat = new WeChatLogins(
                vertx,
                shared.wechat().url(),
                shared.wechat().appId(),
                shared.wechat().secret());
        phones = new WeChatPhones(vertx, shared.wechat().url(), shared.wechat().appId(), shared.appToken());
        canteens = new Canteens(vertx, database, cipher, places, people, idempotency, new Notices(), clock, ring);
        var canteenReports = new CanteenReports(vertx, database, cipher, places, people, canteens, clock);
        var tickets = new Tickets(cipher, places, people, clock);
        var catalogue = tickets.catalogue();
        Uses roles = people::isScope;
        var placeUses = roles.or(tickets::everAt);
        var organizationUses = roles.or(tickets::everWith);

        var wards = new Wards();
        var mandates =
                new Mandates(database, cipher, people, wards, new Photos()::claimForMandate, Assembly::tell, clock);

        var unmaskings = new Unmaskings(cipher, clock);
        var profiles = new Profiles(places, cipher, wards, unmaskings, clock);
        var sessions = new Sessions(identity.revoked(), identity.clock());
        var photos = new PersonalPhotos(cipher, shared.photoWorkshop());
        var personal = new PersonalParts(cipher, people, sessions, unmaskings, photos);
        var claims = new Claims(cipher, Assembly::tell);

        var contract = shared.contract();
        handler = new ApiHandler(
                contract,
                List.of(
                        new SystemRoutes(contract, readiness::check),
                        new IdentityRoutes(identity, database, cipher, places, wechat, canteens::names, profiles),
                        new SessionRoutes(database, sessions),
                        new StaffRoutes(identity, database, cipher, places, canteens::names),
                        new ResidentRoutes(database, cipher, places, Assembly::tell, clock, profiles),
                        new PhoneRoutes(database, cipher, phones, clock),
                        new HouseholdRoutes(database, cipher, places, wards, Assembly::tell, clock),
                        mandates,
                        new ActsRoutes(database, people, wards, canteens, tickets),
                        new UnmaskingRoutes(database, cipher, people),
                        new PersonalRoutes(vertx, database, personal, profiles, clock),
                        new MergeRoutes(database, personal, new Merges(cipher, claims, Assembly::tell), claims, clock),
                        new PlaceRoutes(database, places),
                        new PlaceAdminRoutes(places, placeUses, organizationUses),
                        new OrganizationRoutes(database, places, organizationUses, catalogue::has),
                        canteens,
                        new CanteenAdminRoutes(database, clock, places, canteens),
                        canteenReports,
                        new CatalogueRoutes(database, catalogue),
                        new CalendarRoutes(database, clock, places),
                        new TicketRoutes(database, tickets),
                        new UnmaskRoutes(tickets, people, unmaskings, clock),
                        new DigestRoutes(database),
                        new PhotoRoutes(database, shared.photoWorkshop(), clock, tickets::reads, mandates::sees),
                        new CompletionRoutes(vertx, database, places, tickets, clock),
                        new RatesRoutes(vertx, database, places, clock),
                        new PublicationRoutes(database, places, people, clock),
                        new ScoreboardRoutes(database, places, clock),
                        new RosterRoutes(vertx, database, cipher, places, clock),
                        new RetentionRoutes(database),
                        new NotificationRoutes(database, clock),
                        new ConsentRoutes(database, shared.wechat().templates(), new WeChatAccounts(cipher), clock)),
                new Authenticator(identity, database),
                database,
                idempotency,
                new RateLimits(limiter, cipher, Limits.TABLE),
                shared.proxies(),
                shared.memory(),
                shared.patience(),
                shared.requestMetrics(),
                shared.cors(),
                Pages.router(vertx));
    }

    static Future<Void> tell(SqlClient transaction, UUID districtId, Collection<Tidings.Tiding> tidings, Instant now) {
        var told = tidings.stream()
                .map(each ->
                        new Notice(each.recipientId(), Notice.Kind.of(each.kind()), each.subjectId(), each.facts()))
                .toList();
        return new Notices().tell(transaction, districtId, told, now);
    }

    ApiHandler handler() {
        return handler;
    }

    /** Connects before anybody comes: in a crowd on the event loop a first connection is made too slowly, and times out. */
    Future<Void> open() {
        return database.open().onSuccess(connected -> readiness.join(pulse));
    }

    Future<Void> close() {
        wechat.close();
        phones.close();
        readiness.leave(pulse);
        return canteens.close().eventually(limiter::close).eventually(database::close);
    }
}
