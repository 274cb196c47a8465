package org.huying.photo;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.huying.photo.image.Rendition;

/** Where the pictures themselves are kept, for all nodes. Blocks. Nothing but our own ids names anything in it. */
interface PhotoFiles {
    /** When it returns, both files are there for good; when it fails or never returns, maybe parts of them. */
    void put(UUID id, Rendition rendition) throws IOException;

    Optional<byte[]> get(UUID id, Size size) throws IOException;

    /** Whether anything of it was not under the current key; now it is. */
    boolean reseal(UUID id) throws IOException;

    /** Removes whatever there is of it, also of a {@link #put} that never ended; what is not there is no fault. */
    void remove(UUID id) throws IOException;

    /** The two that are kept. */
    enum Size {
        FULL,
        THUMBNAIL
    }
}
