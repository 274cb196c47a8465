package org.huying.canteen;

import java.util.UUID;

/** A canteen as the contract shows it. */
record CanteenView(UUID id, String name, String address, UUID placeId, boolean delivery) {
    static CanteenView of(Canteen canteen) {
        return new CanteenView(canteen.id(), canteen.name(), canteen.address(), canteen.placeId(), canteen.delivers());
    }
}
