package org.huying.place;

import java.util.UUID;

/** A dwelling in a compound; its address is building, unit and room in words. */
public record Household(UUID id, UUID compoundId, String address) {}
