package org.huying.metrics;

/** What a block of figures is about. */
public record GroupKey(String id, String name) {}
