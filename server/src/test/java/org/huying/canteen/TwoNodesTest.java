package org.huying.canteen;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.huying.canteen.Attempt.Answer;
import org.huying.canteen.Attempt.Tried;
import org.huying.testing.DemoTemplate;
import org.huying.testing.TestDay;
import org.huying.testing.TestNode;
import org.huying.testing.TestServers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two whole nodes, which know nothing of each other, on one database. */
@Tag("long")
class TwoNodesTest {
    private static final int MEALS = 20;
    private static final int PLACES = 500;
    private static final int AT_ONCE = 10_000;

    @Test
    void tenThousandAtOnceFillTenThousandPlacesExactly() {
        var url = TestServers.createDatabase(DemoTemplate.name());
        var clock = TestDay.running();
        try (var one = TestNode.start(url, DemoTemplate.KEYS, clock);
                var other = TestNode.start(url, DemoTemplate.KEYS, clock);
                var world = new RushWorld(url, DemoTemplate.KEYS, clock);
                var rush = Rush.onStreams(AT_ONCE)) {
            // given
            var nodes = List.of(one.uri(), other.uri());
            var meals = Stream.generate(() -> world.publish(one.uri(), PLACES))
                    .limit(MEALS)
                    .toList();
            var attempts = attempts(world, nodes, meals);

            // when
            var tried = rush.runPersistently(attempts);
            var again = rush.runPersistently(attempts.stream()
                    .filter(attempt -> attempt.key() != null)
                    .map(attempt -> attempt.at(otherThan(attempt.node(), nodes)))
                    .toList());

            // then
            assertThat(world.books(meals))
                    .allSatisfy(books -> assertThat(books.taken()).isEqualTo(PLACES));
            var all = Stream.concat(tried.stream(), again.stream()).toList();
            world.assertThatBooksAgreeWith(all, meals);
            assertThat(all).allMatch(TwoNodesTest::isPlain);
            var booked = tried.stream().filter(Tried::isBooked).map(Tried::seat).collect(Collectors.toSet());
            assertThat(again).allMatch(each -> isReplayed(each) == booked.contains(each.seat()));
            all.stream()
                    .collect(Collectors.groupingBy(Tried::seat))
                    .values()
                    .forEach(TwoNodesTest::assertOneFirstAnswer);
        }
    }

    /** More diners than places, and more of them for the later meals; some press twice, at both nodes. */
    private static List<Attempt> attempts(RushWorld world, List<URI> nodes, List<UUID> meals) {
        var attempts = new ArrayList<Attempt>();
        for (int meal = 0; meal < MEALS; meal++) {
            var diners = world.diners(PLACES + 10 * (meal + 1));
            for (int i = 0; i < diners.size(); i++) {
                var diner = diners.get(i);
                var key = i % 3 == 0 ? "key-" + diner.id() : null;
                var first = new Attempt(nodes.get(i % 2), diner, meals.get(meal), key);
                attempts.add(first);
                if (i % 5 == 0) {
                    attempts.add(first.at(nodes.get(1 - i % 2)));
                }
            }
        }
        long seed = System.nanoTime();
        System.out.println("seed of the rush: " + seed);
        Collections.shuffle(attempts, new Random(seed));
        return attempts;
    }

    private static URI otherThan(URI node, List<URI> nodes) {
        return nodes.get(node.equals(nodes.get(0)) ? 1 : 0);
    }

    /** Nothing but what a rush is expected to bring. */
    private static boolean isPlain(Tried tried) {
        return tried.isBooked()
                || Stream.of("meal_full", "already_booked", "request_in_progress")
                        .anyMatch(tried::isRefused);
    }

    private static boolean isReplayed(Tried tried) {
        return tried.isBooked() && Objects.requireNonNull(tried.answer()).replayed();
    }

    /** Of all answers to a diner about a meal one is the booking, and the others say the same. */
    private static void assertOneFirstAnswer(List<Tried> ofOneSeat) {
        var booked = ofOneSeat.stream().filter(Tried::isBooked).toList();
        var standing = ofOneSeat.stream()
                .filter(tried -> tried.isBooked() || tried.isRefused("already_booked"))
                .map(Tried::bookingId)
                .distinct();
        assertThat(standing).hasSizeLessThanOrEqualTo(1);
        assertThat(booked.stream().filter(tried -> !isReplayed(tried))).hasSize(booked.isEmpty() ? 0 : 1);
        assertThat(booked.stream()
                        .map(Tried::answer)
                        .map(Objects::requireNonNull)
                        .map(Answer::body)
                        .distinct())
                .hasSize(booked.isEmpty() ? 0 : 1);
        if (!booked.isEmpty()) {
            assertThat(ofOneSeat).noneMatch(tried -> tried.isRefused("meal_full"));
        }
    }
}
