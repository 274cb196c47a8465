package org.huying.canteen.admin;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.huying.canteen.Canteens;
import org.huying.canteen.Period;
import org.huying.canteen.PeriodRule;
import org.huying.canteen.SubsidyBand;
import org.huying.db.Database;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;
import org.huying.kernel.Role;
import org.huying.place.Places;
import org.jspecify.annotations.Nullable;

/** Canteens and their subsidies as administrators keep them, over HTTP. */
public final class CanteenAdminRoutes implements Operations.Binder {
    private final Database database;
    private final Clock clock;
    private final CanteenAdminService service;

    public CanteenAdminRoutes(Database database, Clock clock, Places places, Canteens canteens) {
        this.database = database;
        this.clock = clock;
        this.service = new CanteenAdminService(places, canteens, new CanteenRegister());
    }

    @Override
    public void bind(Operations operations) {
        operations.query("getCanteen", Access.signedIn(), this::get);
        operations.command("createCanteen", Access.anyOf(Role.ADMIN), this::create);
        operations.command("changeCanteen", Access.signedIn(), this::change);
        operations.query("listSubsidyPolicies", Access.signedIn(), this::listPolicies);
        operations.command("setSubsidyPolicy", Access.signedIn(), this::setPolicy);
        operations.command("deleteSubsidyPolicy", Access.signedIn(), this::deletePolicy);
    }

    private Future<Answer> get(Call call) {
        return database.read(client -> service.get(client, call.caller(), call.id("canteenId")))
                .map(Answer::ok);
    }

    private Future<Answer> create(Call call, SqlConnection transaction) {
        var body = call.body();
        var asked = new NewCanteen(
                UUID.fromString(body.getString("placeId")),
                body.getString("name").strip(),
                body.getString("address").strip(),
                body.getBoolean("delivery"),
                periods(body.getJsonArray("periods")));
        return service.create(transaction, call.caller(), asked, clock.instant())
                .map(Answer::created);
    }

    private Future<Answer> change(Call call, SqlConnection transaction) {
        var body = call.body();
        var placeId = body.getString("placeId");
        var periods = body.getJsonArray("periods");
        var change = new CanteenChange(
                body.getInteger("version"),
                placeId == null ? null : UUID.fromString(placeId),
                stripped(body, "name"),
                stripped(body, "address"),
                body.getBoolean("delivery"),
                periods == null ? null : periods(periods));
        return service.change(transaction, call.caller(), call.id("canteenId"), change)
                .map(Answer::ok);
    }

    private Future<Answer> listPolicies(Call call) {
        return database.read(client ->
                        service.policies(client, call.caller(), call.id("canteenId"), call.cursor(), call.limit()))
                .map(Answer::ok);
    }

    private Future<Answer> setPolicy(Call call, SqlConnection transaction) {
        var bands = call.body().getJsonArray("bands").stream()
                .map(each -> band((JsonObject) each))
                .toList();
        return service.setPolicy(
                        transaction,
                        call.caller(),
                        call.id("canteenId"),
                        new CanteenAdminService.Day(
                                call.date("effectiveFrom"), call.body().getInteger("version")),
                        bands,
                        clock.instant())
                .map(Answer::ok);
    }

    private Future<Answer> deletePolicy(Call call, SqlConnection transaction) {
        var day = new CanteenAdminService.Day(call.date("effectiveFrom"), call.number("version"));
        return service.deletePolicy(transaction, call.caller(), call.id("canteenId"), day, clock.instant())
                .map(done -> Answer.noContent());
    }

    private static SubsidyBand band(JsonObject band) {
        return new SubsidyBand(band.getInteger("fromAge"), band.getInteger("toAge"), band.getInteger("amountFen"));
    }

    private static List<PeriodRule> periods(JsonArray periods) {
        return periods.stream().map(each -> period((JsonObject) each)).toList();
    }

    private static PeriodRule period(JsonObject period) {
        return new PeriodRule(
                Period.of(period.getString("period")),
                period.getInteger("opensDaysBefore"),
                LocalTime.parse(period.getString("opensAt")),
                period.getInteger("cutoffDaysBefore"),
                LocalTime.parse(period.getString("cutoffAt")),
                LocalTime.parse(period.getString("servingEndsAt")));
    }

    private static @Nullable String stripped(JsonObject body, String field) {
        var text = body.getString(field);
        return text == null ? null : text.strip();
    }
}
