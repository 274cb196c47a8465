package org.huying.identity.session;

import java.util.UUID;
import org.huying.kernel.Caller;

/** Whose session it is, and where. */
public record SessionOwner(UUID personId, UUID districtId, Caller.Kind kind) {}
