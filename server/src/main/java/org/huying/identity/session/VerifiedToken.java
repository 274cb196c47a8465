package org.huying.identity.session;

import java.util.UUID;
import org.huying.kernel.Caller;

/** What a genuine token says; whether its session still stands is another question. */
public record VerifiedToken(UUID personId, UUID districtId, UUID sessionId, Caller.Kind kind, long expiresAtSecond) {}
