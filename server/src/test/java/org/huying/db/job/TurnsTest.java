package org.huying.db.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.huying.db.job.Turns.Turn;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Nobody with something due waits longer than for one turn of each of the others. */
class TurnsTest {
    private static final int MOST = 3;
    private static final List<UUID> DISTRICTS =
            IntStream.range(0, 4).mapToObj(i -> new UUID(0, i)).toList();

    @Test
    void districtsTakeTurnsAndSoDoTheKindsOfEach() {
        // given
        var turns = new Turns(MOST);
        List.of(turn(0, "clock"), turn(0, "note"), turn(1, "clock")).forEach(turns::join);

        // when
        var served = IntStream.range(0, 6).mapToObj(i -> serve(turns)).toList();

        // then
        assertThat(served)
                .containsExactly(
                        turn(0, "clock"),
                        turn(1, "clock"),
                        turn(0, "note"),
                        turn(1, "clock"),
                        turn(0, "clock"),
                        turn(1, "clock"));
    }

    @Test
    void whoHasItsShareInHandLeavesRoomForWhoComesNext() {
        // given
        var turns = new Turns(MOST);
        turns.join(turn(0, "slow"));
        var held = IntStream.range(0, MOST).mapToObj(i -> turns.next()).toList();

        // when
        var more = turns.next();
        turns.join(turn(1, "note"));

        // then
        assertThat(held).allMatch(Optional::isPresent);
        assertThat(more).isEmpty();
        assertThat(turns.next()).contains(turn(1, "note"));
    }

    /** Against a model that knows who waits, and since how many turns. */
    @RepeatedTest(20)
    void nobodyIsPassedOverAndNobodyHasMoreThanItsShare(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var turns = new Turns(MOST);
        Map<UUID, List<String>> waiting = new HashMap<>();
        Map<Turn, Integer> passedOver = new HashMap<>();
        var inHand = new ArrayList<Turn>();
        for (int step = 0; step < 2000; step++) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    var turn = turn(random.nextInt(4), "kind-" + random.nextInt(5));
                    turns.join(turn);
                    var kinds = waiting.computeIfAbsent(turn.districtId(), id -> new ArrayList<>());
                    if (!kinds.contains(turn.kind())) {
                        kinds.add(turn.kind());
                        passedOver.put(turn, 0);
                    }
                }
                case 1, 2 -> {
                    var free = waiting.keySet().stream()
                            .filter(id -> held(inHand, id) < MOST)
                            .toList();
                    var next = turns.next();
                    assertThat(next.isPresent()).isEqualTo(!free.isEmpty());
                    next.ifPresent(turn -> {
                        assertThat(waiting.get(turn.districtId())).contains(turn.kind());
                        passedOver.replaceAll((each, count) -> count + 1);
                        passedOver.put(turn, 0);
                        inHand.add(turn);
                    });
                }
                default -> {
                    if (!inHand.isEmpty()) {
                        var ended = inHand.remove(random.nextInt(inHand.size()));
                        var any = random.nextBoolean();
                        turns.end(ended, any);
                        if (!any
                                && waiting.getOrDefault(ended.districtId(), new ArrayList<>())
                                        .remove(ended.kind())) {
                            passedOver.remove(ended);
                            waiting.entrySet()
                                    .removeIf(entry -> entry.getValue().isEmpty());
                        }
                    }
                }
            }
            for (var district : DISTRICTS) {
                assertThat(held(inHand, district)).isLessThanOrEqualTo(MOST);
                if (held(inHand, district) < MOST) {
                    // four districts of five kinds; those with fewer in hand come first, by up to their share
                    assertThat(passedOver.entrySet().stream()
                                    .filter(entry -> entry.getKey().districtId().equals(district))
                                    .mapToInt(Map.Entry::getValue))
                            .allMatch(
                                    count -> count <= 4 * 5 * (MOST + 1), "seed " + repetition.getCurrentRepetition());
                }
            }
        }
    }

    private static long held(List<Turn> inHand, UUID districtId) {
        return inHand.stream()
                .filter(turn -> turn.districtId().equals(districtId))
                .count();
    }

    private static Turn turn(int district, String kind) {
        return new Turn(DISTRICTS.get(district), kind);
    }

    private static Turn serve(Turns turns) {
        var turn = turns.next().orElseThrow();
        turns.end(turn, true);
        return turn;
    }
}
