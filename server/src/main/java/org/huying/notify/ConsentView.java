package org.huying.notify;

import java.util.List;
import java.util.Map;

/** A person's consents as the contract shows them. */
record ConsentView(List<Item> items) {
    record Item(String template, String templateId, int remaining) {}

    static ConsentView of(Map<Template, String> templateIds, Map<Template, Integer> remaining) {
        return new ConsentView(templateIds.entrySet().stream()
                .map(each -> new Item(each.getKey().code(), each.getValue(), remaining.getOrDefault(each.getKey(), 0)))
                .toList());
    }

    static ConsentView nothing() {
        return new ConsentView(List.of());
    }
}
