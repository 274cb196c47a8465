package org.huying.notify;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A notice as the contract shows it: in words, and in the facts that they are made of. */
record NotificationView(
        UUID id,
        String kind,
        UUID subjectId,
        String text,
        Map<String, Object> facts,
        Instant createdAt,
        @Nullable Instant readAt) {
    static NotificationView of(Notification notification) {
        return new NotificationView(
                notification.id(),
                notification.kind(),
                notification.subjectId(),
                Words.of(notification.kind(), notification.facts()),
                notification.facts().getMap(),
                notification.createdAt(),
                notification.readAt());
    }
}
