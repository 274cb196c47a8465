package org.huying.identity;

/** What every login answers. */
record Login(
        String accessToken, String refreshToken, String tokenType, long expiresInSeconds, Principal.View principal) {
    /** Leaves the tokens out, so that they come into no log. */
    @Override
    public String toString() {
        return "Login[" + principal.id() + "]";
    }
}
