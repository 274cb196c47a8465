package org.huying.photo.image;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** What a decoder reads, until its time is up: then it is stopped at the next piece of input and at the next row. */
final class TimedInput extends MemoryCacheImageInputStream {
    /** The time is up. */
    static final class LateException extends IOException {
        private static final long serialVersionUID = 1L;

        LateException() {
            super("too late");
        }
    }

    private final long endsAtNanos;

    TimedInput(InputStream bytes, Duration time) {
        super(bytes);
        this.endsAtNanos = System.nanoTime() + time.toNanos();
    }

    boolean isLate() {
        return System.nanoTime() - endsAtNanos > 0;
    }

    /** Stops the reader when it reports a row too late. */
    IIOReadProgressListener watching(ImageReader reader) {
        return new Watch(reader);
    }

    @Override
    public int read() throws IOException {
        refuseLate();
        return super.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        refuseLate();
        return super.read(into, offset, length);
    }

    private void refuseLate() throws IOException {
        if (isLate()) {
            throw new LateException();
        }
    }

    private final class Watch implements IIOReadProgressListener {
        private final ImageReader reader;

        private Watch(ImageReader reader) {
            this.reader = reader;
        }

        @Override
        public void imageProgress(ImageReader source, float percentageDone) {
            if (isLate()) {
                reader.abort();
            }
        }

        @Override
        public void sequenceStarted(ImageReader source, int minIndex) {}

        @Override
        public void sequenceComplete(ImageReader source) {}

        @Override
        public void imageStarted(ImageReader source, int imageIndex) {}

        @Override
        public void imageComplete(ImageReader source) {}

        @Override
        public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

        @Override
        public void thumbnailProgress(ImageReader source, float percentageDone) {}

        @Override
        public void thumbnailComplete(ImageReader source) {}

        @Override
        public void readAborted(ImageReader source) {}
    }
}
