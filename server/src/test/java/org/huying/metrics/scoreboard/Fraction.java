package org.huying.metrics.scoreboard;

import java.math.BigInteger;

/** An exact number. */
record Fraction(BigInteger over, BigInteger under) {
    static final Fraction ZERO = of(0);
    static final Fraction ONE = of(1);

    Fraction {
        var common = over.gcd(under).multiply(BigInteger.valueOf(under.signum()));
        over = over.divide(common);
        under = under.divide(common);
    }

    static Fraction of(long whole) {
        return new Fraction(BigInteger.valueOf(whole), BigInteger.ONE);
    }

    Fraction plus(Fraction other) {
        return new Fraction(over.multiply(other.under).add(other.over.multiply(under)), under.multiply(other.under));
    }

    Fraction minus(Fraction other) {
        return plus(other.times(of(-1)));
    }

    Fraction times(Fraction other) {
        return new Fraction(over.multiply(other.over), under.multiply(other.under));
    }

    Fraction by(Fraction other) {
        return times(new Fraction(/* over= */ other.under, /* under= */ other.over));
    }

    int sign() {
        return over.signum();
    }
}
