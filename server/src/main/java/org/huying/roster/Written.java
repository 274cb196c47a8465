package org.huying.roster;

import org.huying.identity.Imprint;
import org.jspecify.annotations.Nullable;

/**
 * What came of a row.
 *
 * @param activationCode of an account that was made
 * @param imprint        by which it may be taken back; absent where it may not
 */
record Written(@Nullable String activationCode, @Nullable Imprint imprint) {}
