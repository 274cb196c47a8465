package org.huying.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Nobody can hold all of a node's memory, and nobody all of theirs for ever. */
class MemoryBudgetTest {
    private static final long MIB = 1L << 20;

    private final MemoryBudget memory = new MemoryBudget(400 * MIB);

    @Test
    void anAddressHasHalfOfIt() {
        var holds = List.of(memory.hold("a"), memory.hold("a"));
        holds.forEach(hold -> hold.more(100 * MIB));

        assertThatThrownBy(() -> memory.hold("a").more(1)).satisfies(each -> refused(each, "share_used_up"));
        memory.hold("b").more(100 * MIB);
    }

    @Test
    void aPersonHasAQuarterWhereverTheyAre() {
        var person = person();
        var here = memory.hold("a");
        here.by(person);
        here.more(60 * MIB);
        var there = memory.hold("b");
        there.by(person);
        there.more(40 * MIB);

        assertThatThrownBy(() -> there.more(1)).satisfies(each -> refused(each, "share_used_up"));
        var neighbour = memory.hold("a");
        neighbour.by(person());
        neighbour.more(100 * MIB);
    }

    @Test
    void beyondAllOfItEverybodyIsSentAwayForAMoment() {
        for (int i = 0; i < 4; i++) {
            memory.hold("address " + i).more(100 * MIB);
        }

        assertThatThrownBy(() -> memory.hold("another").more(1)).satisfies(each -> refused(each, "uploads_busy"));
        assertThat(memory.bytesHeld()).isEqualTo(400 * MIB);
    }

    @Test
    void whatIsRefusedIsNotHeldAndWhatIsReleasedLeavesNothing() {
        var hold = memory.hold("a");
        hold.by(person());
        hold.more(90 * MIB);
        assertThatThrownBy(() -> hold.more(20 * MIB)).isInstanceOf(Refusal.TooMany.class);
        assertThat(memory.bytesHeld()).isEqualTo(90 * MIB);

        hold.only(10 * MIB);
        assertThat(memory.bytesHeld()).isEqualTo(10 * MIB);
        hold.release();
        hold.release();

        assertThat(memory.bytesHeld()).isZero();
        assertThat(memory.holders()).isZero();
        assertThatThrownBy(() -> hold.more(1)).isInstanceOf(Refusal.class);
        assertThat(memory.bytesHeld()).isZero();
    }

    /** A budget of which nobody could have enough for one photo would be none. */
    @Test
    void ofASmallBudgetAShareIsStillEnoughForOne() {
        new MemoryBudget(40 * MIB).hold("a").more(32 * MIB);
    }

    private static Caller person() {
        return new Caller(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), Caller.Kind.RESIDENT, List.of());
    }

    private static void refused(Throwable thrown, String code) {
        assertThat(((Refusal) thrown).code()).isEqualTo(code);
    }
}
