package org.huying.metrics.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.huying.db.Rows;
import org.huying.place.Places;

/** The page of a district as everybody sees it, and what somebody makes of it who solves it. */
public final class SolvedPage {
    /** What is behind it: the cohort by organization and compound. */
    private static final String BEHIND = """
            SELECT f.organization_id, f.place_path[4] AS place_id, count(*) AS n
            FROM one_time_completion($1, $2::date::timestamp AT TIME ZONE 'Asia/Shanghai',
                ($2::date + interval '1 month') AT TIME ZONE 'Asia/Shanghai', $3) f
            WHERE f.segment = 'main' AND f.measure IN ('provisional', 'excluded', 'broken', 'one_time')
            GROUP BY 1, 2
            """;

    private record Entry(String organization, String place, long tickets) {}

    private final Scoreboard page;
    private final List<Entry> behind;

    private SolvedPage(Scoreboard page, List<Entry> behind) {
        this.page = page;
        this.behind = behind;
    }

    public static Future<SolvedPage> of(
            SqlConnection snapshot, Clock clock, Places places, UUID districtId, YearMonth month) {
        return new ScoreboardService(clock, places)
                .of(snapshot, districtId, month)
                .compose(page -> snapshot.preparedQuery(BEHIND)
                        .execute(Tuple.of(districtId, month.atDay(1), Rows.utc(page.asOf())))
                        .map(Rows.list(row -> new Entry(
                                String.valueOf(row.getUUID("organization_id")),
                                String.valueOf(row.getUUID("place_id")),
                                row.getLong("n"))))
                        .map(behind -> new SolvedPage(page, behind)));
    }

    /** How many cells are hidden; none of those that may be told apart at all can be computed. */
    public long verify() {
        var attacker = new Attacker(behind.size());
        attacker.learns(part(entry -> true), sum(part(entry -> true)));
        attacker.learns(part(this::isOfNoFirm), sum(part(this::isOfNoFirm)));
        attacker.learns(part(this::isOfNoCompound), sum(part(this::isOfNoCompound)));
        cells().filter(each -> !each.cell().suppressed()).forEach(each -> {
            assertThat(each.cell().cohort()).as("%s", each).isEqualTo(sum(part(each)));
            attacker.learns(part(each), sum(part(each)));
        });
        return cells().filter(each -> each.cell().suppressed())
                .peek(each -> assertThat(sum(part(each)) > 0 && attacker.determines(part(each)))
                        .as("%s in %s", each.key(), page)
                        .isFalse())
                .count();
    }

    private Stream<Cell.Named> cells() {
        return Stream.concat(page.firms().stream(), page.compounds().stream());
    }

    private boolean isOfNoFirm(Entry entry) {
        return page.firms().stream().noneMatch(each -> each.key().id().equals(entry.organization()));
    }

    private boolean isOfNoCompound(Entry entry) {
        return page.compounds().stream().noneMatch(each -> each.key().id().equals(entry.place()));
    }

    private boolean[] part(Cell.Named cell) {
        var id = cell.key().id();
        return part(entry -> entry.organization().equals(id) || entry.place().equals(id));
    }

    private boolean[] part(Predicate<Entry> takesPart) {
        var part = new boolean[behind.size()];
        for (var i = 0; i < part.length; i++) {
            part[i] = takesPart.test(behind.get(i));
        }
        return part;
    }

    private long sum(boolean[] part) {
        return java.util.stream.IntStream.range(0, part.length)
                .filter(i -> part[i])
                .mapToLong(i -> behind.get(i).tickets())
                .sum();
    }
}
