package org.huying.roster;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What came of a row.
 *
 * @param activationCode of an account that was made
 * @param trace          by which it may be taken back, as its kind keeps it; absent where it may not
 */
record Written(@Nullable String activationCode, @Nullable JsonObject trace) {}
