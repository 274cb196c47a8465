package org.huying.authorization;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.YearMonth;
import org.huying.testing.ReportDrafts;

/** Figures, and what is published of them. */
final class FigureProbes {
    private static final String REPORTS = "/v1/completion-reports";
    private static final String DRAFT = "/v1/completion-report-draft";

    private final LocalDate today;

    private FigureProbes(LocalDate today) {
        this.today = today;
    }

    static void addTo(Probes probes, Stage stage) {
        var figures = new FigureProbes(stage.today());
        figures.counted(probes, "getOneTimeCompletion", "one-time-completion");
        figures.counted(probes, "getServiceRates", "service");
        probes.list(
                "listOneTimeCompletionTickets",
                turn -> turn.at().tickets().resolved(),
                turn -> figures.ofToday("one-time-completion/tickets", "&verdict=provisional&limit=100"));
        probes.list(
                "listServiceTickets",
                turn -> turn.at().tickets().resolved(),
                turn -> figures.ofToday("service/tickets", "&measure=cohort&limit=100"));
        probes.list("listCompletionReports", figures::report, turn -> REPORTS + "?limit=100");
        probes.call("getCompletionReport", turn -> turn.get(REPORTS + "/" + figures.report(turn)));
        probes.call("checkCompletionReport", turn -> turn.get(REPORTS + "/" + figures.report(turn) + "/check"));
        for (var variant : new String[] {"", " (supervisor of the district)"}) {
            probes.call("publishCompletionReport" + variant, turn -> turn.post(REPORTS, figures.draft(turn, 2)));
            probes.call("draftCompletionReport" + variant, turn -> turn.get(DRAFT + "?month=" + figures.monthAgo(2)));
        }
        probes.call("getPublicScoreboard", turn -> turn.get("/v1/public/scoreboard?month=" + figures.monthAgo(1)));
        probes.call("listLogDigests", turn -> turn.get("/v1/public/log-digests"));
    }

    /** Whether the firm of the ticket is among the groups. */
    private void counted(Probes probes, String row, String path) {
        probes.show(
                row,
                turn -> {
                    turn.at().tickets().resolved();
                    return turn.at().firm().toString();
                },
                turn -> turn.get(ofToday(path, "&groupBy=organization")));
    }

    private String ofToday(String path, String more) {
        return "/v1/metrics/" + path + "?from=" + today + "&to=" + today + more;
    }

    /** Last month's. */
    private String report(Turn turn) {
        return turn.at()
                .once(
                        "report",
                        () -> turn.at()
                                .districtSupervisor()
                                .post(REPORTS, draft(turn, 1))
                                .withStatus(201)
                                .id()
                                .toString());
    }

    private JsonObject draft(Turn turn, int ago) {
        return ReportDrafts.of(turn.at().districtSupervisor(), monthAgo(ago));
    }

    private YearMonth monthAgo(int months) {
        return YearMonth.from(today).minusMonths(months);
    }
}
