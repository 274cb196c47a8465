package org.huying.canteen;

import java.util.UUID;

/** So many portions of a dish. */
public record DishPortions(UUID dishId, int portions) {}
