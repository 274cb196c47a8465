package org.huying.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A crowd in one lane keeps nobody waiting in another, and a crowd of lanes keeps nobody out who is favoured. */
class FairTurnsTest {
    private final FairTurns turns = new FairTurns(1, 10, 4, "overloaded");
    private final List<String> started = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    @Test
    void lanesTakeTurns() {
        ask("a", "a1");
        ask("a", "a2");
        ask("a", "a3");
        ask("b", "b1");
        ask("c", "c1");

        endAll();

        assertThat(started).containsExactly("a1", "a2", "b1", "c1", "a3");
        assertThat(turns.count()).isZero();
    }

    @Test
    void oneLaneHasSoMuchRoom() {
        for (int i = 0; i < 7; i++) {
            ask("a", "a" + i);
        }

        assertThat(refused).containsExactly("a5 share_used_up", "a6 share_used_up");
        endAll();
        assertThat(started).hasSize(5);
    }

    @Test
    void whereNobodyHasRoomWhoeverIsLastInTheLongestLaneGoes() {
        ask("x", "running");
        for (var lane : List.of("a", "b", "c")) {
            for (int i = 1; i <= 4; i++) {
                ask(lane, lane + i);
            }
        }
        assertThat(refused).containsExactly("a4 overloaded", "c4 overloaded");

        ask("newcomer", "n1");

        assertThat(refused).hasSize(3);
        endAll();
        assertThat(started).contains("n1").hasSize(11);
    }

    @Test
    void aCrowdOfLanesKeepsNobodyOutWhoIsFavoured() {
        for (int i = 0; i < 50; i++) {
            ask("stranger " + i, "s" + i);
        }

        turns.take("regular", true, () -> started.add("regular"), refusal -> refused.add("regular"));
        turns.done();

        assertThat(started).containsExactly("s0", "regular");
        assertThat(refused).hasSize(39).doesNotContain("regular");
    }

    @Test
    void theFavouredLeaveSomethingToTheOthers() {
        ask("a", "a1");
        ask("b", "b1");
        for (int i = 1; i <= 5; i++) {
            var name = "f" + i;
            turns.take(name, true, () -> started.add(name), refusal -> refused.add(name));
        }

        endAll();

        assertThat(started).containsExactly("a1", "f1", "f2", "f3", "b1", "f4", "f5");
    }

    private void ask(String lane, String name) {
        turns.take(lane, false, () -> started.add(name), refusal -> refused.add(name + " " + refusal.code()));
    }

    private void endAll() {
        while (turns.count() > 0) {
            turns.done();
        }
    }
}
