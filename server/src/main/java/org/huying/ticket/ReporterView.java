package org.huying.ticket;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who reported, in full, for whoever asked for it and is on record. */
record ReporterView(UUID id, String name, @Nullable String phone) {}
