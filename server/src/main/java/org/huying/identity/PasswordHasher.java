package org.huying.identity;

/** What is stored of passwords, and compared with; takes its time. */
interface PasswordHasher {
    String hash(String password);

    boolean verify(String password, String hash);

    /** Whether a hash was made with other costs than one made today. */
    boolean isOutdated(String hash);
}
