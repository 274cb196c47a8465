package org.huying.photo;

import io.vertx.core.Future;
import java.time.Clock;
import java.util.Map;
import org.huying.db.Database;
import org.huying.db.job.JobHandler;
import org.huying.http.Access;
import org.huying.http.Answer;
import org.huying.http.Call;
import org.huying.http.Operations;

/** Photos over HTTP. */
public final class PhotoRoutes implements Operations.Binder {
    private static final String JPEG = "image/jpeg";

    private final PhotoService service;
    private final Audience audience;
    private final ConsentAudience consents;

    public PhotoRoutes(
            Database database, PhotoWorkshop workshop, Clock clock, Audience audience, ConsentAudience consents) {
        this.service = new PhotoService(database, workshop, clock);
        this.audience = audience;
        this.consents = consents;
    }

    /** What this room does later. */
    public static Map<String, JobHandler> jobs(Database database, PhotoWorkshop workshop, Clock clock) {
        return Map.of(PhotoService.SWEEP, new PhotoService(database, workshop, clock)::sweep);
    }

    @Override
    public void bind(Operations operations) {
        operations.prepared("uploadPhoto", Access.signedIn(), this::upload);
        operations.query("getPhoto", Access.signedIn(), call -> picture(call, PhotoFiles.Size.FULL));
        operations.query("getPhotoThumbnail", Access.signedIn(), call -> picture(call, PhotoFiles.Size.THUMBNAIL));
    }

    private Future<Operations.Command> upload(Call call) {
        return service.deposit(call.caller(), call.part("file"))
                .map(deposited -> (same, transaction) -> service.keep(transaction, same.caller(), deposited)
                        .map(PhotoView::of)
                        .map(Answer::created));
    }

    private Future<Answer> picture(Call call, PhotoFiles.Size size) {
        return service.visible(call.caller(), call.id("photoId"), audience, consents)
                .compose(photo -> {
                    var tag = tag(photo, size);
                    return call.knows(tag)
                            ? Future.succeededFuture(Answer.notModified(tag))
                            : service.bytes(photo, size).map(bytes -> Answer.tagged(JPEG, bytes, tag));
                });
    }

    private static String tag(Photo photo, PhotoFiles.Size size) {
        return "\"" + photo.sha256() + (size == PhotoFiles.Size.FULL ? "" : "-small") + "\"";
    }
}
