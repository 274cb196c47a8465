package org.huying.canteen.report;

import io.vertx.sqlclient.Row;

/** Bookings served and missed, and the portions and the money of those that were served. */
record Sums(long served, long noShows, long portions, long priceFen, long payableFen, long subsidyFen) {
    static final Sums NONE = new Sums(0, 0, 0, 0, 0, 0);

    static Sums from(Row row) {
        return new Sums(
                row.getLong("served"),
                row.getLong("no_shows"),
                row.getLong("portions"),
                row.getLong("price_fen"),
                row.getLong("payable_fen"),
                row.getLong("subsidy_fen"));
    }

    Sums plus(Sums more) {
        return new Sums(
                served + more.served,
                noShows + more.noShows,
                portions + more.portions,
                priceFen + more.priceFen,
                payableFen + more.payableFen,
                subsidyFen + more.subsidyFen);
    }
}
