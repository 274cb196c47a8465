package org.huying.db.job;

/** A handler fails with this when trying again is no use at all, until somebody has mended something. */
public final class NoUse extends RuntimeException {
    /** @param code says why, in no more than a word */
    public NoUse(String code) {
        super(code, null, false, false);
    }
}
