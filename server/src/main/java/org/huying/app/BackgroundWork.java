package org.huying.app;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.huying.account.merging.MergeRoutes;
import org.huying.account.personal.PersonalParts;
import org.huying.account.personal.PersonalRoutes;
import org.huying.canteen.Canteens;
import org.huying.canteen.FunnelRing;
import org.huying.db.Database;
import org.huying.db.job.JobHandler;
import org.huying.db.job.JobWorker;
import org.huying.db.job.Side;
import org.huying.db.seal.Reindexing;
import org.huying.db.seal.Resealing;
import org.huying.http.Idempotency;
import org.huying.identity.People;
import org.huying.identity.Wards;
import org.huying.identity.claim.Claims;
import org.huying.identity.resident.Merges;
import org.huying.identity.resident.Profiles;
import org.huying.identity.session.RevokedSessions;
import org.huying.identity.session.Sessions;
import org.huying.identity.unmasking.Unmaskings;
import org.huying.metrics.completion.CompletionFold;
import org.huying.notify.NoticeDelivery;
import org.huying.notify.Notices;
import org.huying.photo.PastPhotos;
import org.huying.photo.PersonalPhotos;
import org.huying.photo.PhotoResealing;
import org.huying.photo.PhotoRoutes;
import org.huying.place.Places;
import org.huying.retention.NightlyRemoval;
import org.huying.roster.RosterJob;
import org.huying.ticket.Tickets;
import org.huying.ticket.digest.LogDigests;

/** What is done within without being asked: who does which kind of job, from top to bottom. */
public final class BackgroundWork {
    private BackgroundWork() {}

    /** Makes a worker that does nothing by itself. */
    public static JobWorker worker(Vertx vertx, Infrastructure shared, Database database) {
        var cipher = shared.keys().cipher();
        var clock = shared.clock();
        var places = new Places(cipher);
        var people = new People(cipher);
        var notices = new Notices();
        var idempotency = new Idempotency(cipher, Clock.systemUTC());
        var canteens = new Canteens(
                vertx, database, cipher, places, people, idempotency, notices, clock, FunnelRing.unwatched());
        var tickets = new Tickets(cipher, places, people, clock);

        var unmaskings = new Unmaskings(cipher, clock);
        var profiles = new Profiles(places, cipher, new Wards(), unmaskings, clock);
        // no session is looked up here: the nodes learn from the database which have ended
        var sessions = new Sessions(new RevokedSessions(vertx, database), Clock.systemUTC());
        var photos = new PersonalPhotos(cipher, shared.photoWorkshop());
        var personal = new PersonalParts(cipher, people, sessions, unmaskings, photos);
        var claims = new Claims(cipher, Assembly::tell);

        Map<String, JobHandler> handlers = new HashMap<>();
        handlers.putAll(new NoticeDelivery(shared.wechat().templates(), clock).jobs());
        handlers.putAll(canteens.jobs());
        handlers.putAll(tickets.jobs());
        handlers.putAll(LogDigests.jobs(clock));
        handlers.putAll(CompletionFold.jobs(clock));
        handlers.putAll(PhotoRoutes.jobs(database, shared.photoWorkshop(), clock));
        handlers.putAll(new NightlyRemoval(
                        places,
                        tickets,
                        new PastPhotos(shared.photoWorkshop()),
                        canteens,
                        notices,
                        claims,
                        idempotency,
                        clock,
                        Clock.systemUTC(),
                        shared.registry())
                .jobs());
        handlers.putAll(
                new Resealing(cipher, List.of(new PhotoResealing(shared.photoWorkshop())), clock, shared.registry())
                        .jobs());
        handlers.putAll(new Reindexing(cipher, clock).jobs());
        handlers.putAll(new RosterJob(cipher, places, canteens::names, clock, Clock.systemUTC()).jobs());
        handlers.putAll(PersonalRoutes.jobs(personal, profiles, clock));
        handlers.putAll(MergeRoutes.jobs(personal, new Merges(cipher, claims, Assembly::tell), claims, clock));
        handlers.put(Canteens.CARE_SIGNAL, (transaction, job) -> {
            var signal = Canteens.CareSignal.of(job);
            return tickets.openCareVisit(transaction, job.districtId(), signal.dinerId(), signal.canteenPlaceId())
                    .mapEmpty();
        });
        return new JobWorker(Side.INNER, database, clock, handlers, shared.registry());
    }
}
