package org.huying;

/** Starts the service. */
public final class Main {
    private Main() {}

    /** Entry point. */
    public static void main(String[] args) {
        System.out.println("ready");
    }
}
