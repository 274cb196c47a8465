package org.huying.county.live;

/** Who wants to know how far a file has come, as for measuring; and what is done meanwhile. */
public interface Moments {
    /** What a file goes through. */
    enum Step {
        /** It is sent, and read. */
        READ,
        CHECKED,
        WRITTEN,
        UNDONE,
        /** Whatever lies between two files. */
        OTHER
    }

    /**
     * A step is over that began when the last one was.
     *
     * @param progress how many different states of the import were seen on the way
     */
    void passed(String file, Step step, long rows, int progress);

    /** Between two looks at an import that is under way. */
    void pause();
}
