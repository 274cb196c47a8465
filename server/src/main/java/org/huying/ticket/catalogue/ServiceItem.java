package org.huying.ticket.catalogue;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;
import org.huying.kernel.Versions;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be asked for, in one of its versions.
 *
 * @param kind             {@code repair|cleaning|nuisance|public|consultation|care}
 * @param calendar         what the targets are counted on: {@code all_hours} or {@code working_hours}
 * @param evidenceRequired whether closing needs a photo
 * @param reportable       whether residents may report it
 */
public record ServiceItem(
        String code,
        int version,
        String name,
        String kind,
        List<RequiredInfo> requiredInfo,
        int responseHours,
        int resolutionHours,
        String calendar,
        boolean evidenceRequired,
        boolean reportable) {
    public static final String ALL_HOURS = "all_hours";
    public static final String WORKING_HOURS = "working_hours";

    public ServiceItem {
        requiredInfo = List.copyOf(requiredInfo);
    }

    /**
     * What must be supplied up front.
     *
     * @param type    {@code text|choice|photo}
     * @param options of a choice
     */
    public record RequiredInfo(
            String key,
            String label,
            String type,
            boolean required,
            @Nullable List<String> options) {
        static final String CHOICE = "choice";
        private static final String PHOTO = "photo";

        @JsonIgnore
        public boolean isPhoto() {
            return type.equals(PHOTO);
        }

        static RequiredInfo from(JsonObject json) {
            var options = json.getJsonArray("options");
            return new RequiredInfo(
                    json.getString("key"),
                    json.getString("label"),
                    json.getString("type"),
                    json.getBoolean("required"),
                    options == null
                            ? null
                            : options.stream().map(Object::toString).toList());
        }

        JsonObject toJson() {
            return new JsonObject()
                    .put("key", key)
                    .put("label", label)
                    .put("type", type)
                    .put("required", required)
                    .put("options", options == null ? null : new JsonArray(options));
        }
    }

    /** As it is asked for when it is new. */
    static ServiceItem first(JsonObject body) {
        return of(body, body.getString("code"), Versions.FIRST, body.getString("kind"));
    }

    /** A version as it is asked for; code and kind stay. */
    static ServiceItem of(JsonObject body, String code, int version, String kind) {
        return new ServiceItem(
                code,
                version,
                body.getString("name"),
                kind,
                body.getJsonArray("requiredInfo", new JsonArray()).stream()
                        .map(each -> RequiredInfo.from((JsonObject) each))
                        .toList(),
                body.getInteger("responseHours"),
                body.getInteger("resolutionHours"),
                body.getString("calendar"),
                body.getBoolean("evidenceRequired"),
                body.getBoolean("reportable"));
    }

    static ServiceItem from(Row row) {
        return new ServiceItem(
                row.getString("code"),
                row.getInteger("version"),
                row.getString("name"),
                row.getString("kind"),
                row.getJsonArray("required_info").stream()
                        .map(each -> RequiredInfo.from((JsonObject) each))
                        .toList(),
                row.getInteger("response_hours"),
                row.getInteger("resolution_hours"),
                row.getString("calendar"),
                row.getBoolean("evidence_required"),
                row.getBoolean("reportable"));
    }
}
