package org.huying.notify;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import org.huying.wechat.WeChatMessages.Message;
import org.jspecify.annotations.Nullable;

/**
 * The templates that this installation has at WeChat: under which id, and which of their fields says what. Read from
 * properties such as
 * <pre>
 * booking.id = xJ2…
 * booking.page = pages/bookings/detail?id={subjectId}
 * booking.data.thing1 = {canteen}
 * booking.data.phrase3 = {brief}
 * </pre>
 * In the gaps stand facts of the notice, or {@code text} (its sentence), {@code brief} (at most five characters) or
 * {@code subjectId}.
 */
public final class MessageTemplates {
    private record Layout(String id, @Nullable String page, Map<String, String> fields) {}

    private final Map<Template, Layout> layouts;

    private MessageTemplates(Map<Template, Layout> layouts) {
        this.layouts = layouts;
    }

    /** Of an installation that sends no messages. */
    public static MessageTemplates none() {
        return new MessageTemplates(Map.of());
    }

    /** Fails with an {@link IllegalArgumentException} that says what is wrong. */
    public static MessageTemplates read(Reader source) throws IOException {
        var properties = new Properties();
        properties.load(source);
        var layouts = new EnumMap<Template, Layout>(Template.class);
        var unknown = new TreeSet<>(properties.stringPropertyNames());
        for (var template : Template.values()) {
            var name = template.code();
            var fields = new LinkedHashMap<String, String>();
            var prefix = name + ".data.";
            for (var key : new TreeSet<>(properties.stringPropertyNames())) {
                if (key.startsWith(prefix)) {
                    fields.put(
                            key.substring(prefix.length()),
                            properties.getProperty(key).strip());
                    unknown.remove(key);
                }
            }
            var id = properties.getProperty(name + ".id");
            var page = properties.getProperty(name + ".page");
            unknown.removeAll(Arrays.asList(name + ".id", name + ".page"));
            if (id != null) {
                layouts.put(template, new Layout(id.strip(), page, Collections.unmodifiableMap(fields)));
            }
            require((id == null || id.isBlank()) == fields.isEmpty(), name + " needs an id and fields, or neither");
            require(id != null || page == null, name + " has a page, but no id");
        }
        require(unknown.isEmpty(), "nothing is known of " + String.join(", ", unknown));
        return new MessageTemplates(layouts);
    }

    /** WeChat's ids, in the order of the templates. */
    Map<Template, String> ids() {
        var ids = new EnumMap<Template, String>(Template.class);
        layouts.forEach((template, layout) -> ids.put(template, layout.id()));
        return ids;
    }

    boolean has(Template template) {
        return layouts.containsKey(template);
    }

    /** Empty without such a template. */
    Optional<Message> message(String openid, Notification notification) {
        var kind = Notice.Kind.of(notification.kind());
        return Optional.ofNullable(layouts.get(kind.template())).map(layout -> {
            var facts = notification
                    .facts()
                    .copy()
                    .put("text", Words.of(notification.kind(), notification.facts()))
                    .put("brief", Words.brief(notification.kind()))
                    .put("subjectId", notification.subjectId().toString());
            return new Message(
                    openid,
                    layout.id(),
                    layout.page() == null ? null : Words.fill(layout.page(), facts),
                    data(layout, facts));
        });
    }

    private static Map<String, String> data(Layout layout, JsonObject facts) {
        var data = new LinkedHashMap<String, String>();
        layout.fields().forEach((field, text) -> data.put(field, MessageField.fit(field, Words.fill(text, facts))));
        return data;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
