package org.huying.testing;

/** A text that counts how often somebody looks at one of its characters: work without a clock. */
public final class Counted implements CharSequence {
    private final String text;
    private final long[] looks;

    public Counted(String text) {
        this(text, new long[1]);
    }

    private Counted(String text, long[] looks) {
        this.text = text;
        this.looks = looks;
    }

    public long looks() {
        return looks[0];
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        looks[0]++;
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new Counted(text.substring(start, end), looks);
    }

    @Override
    public String toString() {
        looks[0] += text.length();
        return text;
    }
}
