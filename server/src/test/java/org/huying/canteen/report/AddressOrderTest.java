package org.huying.canteen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Section 2 of the domain's rules: delivery stops stand in order of building. */
class AddressOrderTest {
    private static final List<String> WALK = List.of(
            "3号院",
            "书院路1号",
            "书院路 2 号楼 1 单元",
            "书院路２号楼2单元",
            "书院路2号楼10单元",
            "书院路02号楼11单元",
            "书院路10号楼1单元9室",
            "书院路１０号楼1单元101室",
            "书院路10号楼1单元101室东",
            "书院路10号楼A座",
            "书院路10号楼b座",
            "书院路123456789012345678901234567890号");

    @Test
    void numbersCompareAsNumbersAlsoWhenWide() {
        // given
        var shuffled = new ArrayList<>(WALK);
        Collections.shuffle(shuffled, new Random(7));

        // when
        shuffled.sort(new AddressOrder());

        // then
        assertThat(shuffled).containsExactlyElementsOf(WALK);
    }

    @Test
    void itIsAnOrder() {
        var order = new AddressOrder();
        var random = new Random(11);
        var parts = List.of("1", "01", "2", "１０", "٢", "楼", "a", "B", " ", "号");
        for (int i = 0; i < 20_000; i++) {
            var texts =
                    random.ints(3, 0, 1000).mapToObj(n -> text(random, parts)).toList();
            int ab = order.compare(texts.get(0), texts.get(1));
            int bc = order.compare(texts.get(1), texts.get(2));
            assertThat(Integer.signum(order.compare(texts.get(1), texts.get(0))))
                    .isEqualTo(-Integer.signum(ab));
            if (ab <= 0 && bc <= 0) {
                assertThat(order.compare(texts.get(0), texts.get(2)))
                        .as("%s", texts)
                        .isLessThanOrEqualTo(0);
            }
            assertThat(ab == 0).isEqualTo(texts.get(0).equals(texts.get(1)));
        }
    }

    private static String text(Random random, List<String> parts) {
        var text = new StringBuilder();
        for (int i = 0; i < random.nextInt(5); i++) {
            text.append(parts.get(random.nextInt(parts.size())));
        }
        return text.toString();
    }
}
