package org.huying.demo.district;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** The rows of the service catalogue, the same in both districts. */
final class CatalogueRows {
    private CatalogueRows() {}

    static Batch of(UUID districtId, List<DemoData.Item> items, Instant since) {
        var rows = items.stream()
                .map(item -> Tuple.from(new Object[] {
                    districtId,
                    item.code(),
                    item.name(),
                    item.kind(),
                    new JsonArray(item.info().stream().map(CatalogueRows::json).toList()),
                    item.responseHours(),
                    item.resolutionHours(),
                    item.calendarOrAllHours(),
                    item.evidenceRequired(),
                    item.isReportable(),
                    since.atOffset(ZoneOffset.UTC)
                }))
                .toList();
        return new Batch(StructureSql.INSERT_ITEM, rows);
    }

    private static JsonObject json(DemoData.Info info) {
        return new JsonObject()
                .put("key", info.key())
                .put("label", info.label())
                .put("type", info.type())
                .put("required", info.required())
                .put("options", info.options().isEmpty() ? null : new JsonArray(info.options()));
    }
}
