package org.huying.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The commands of a section of the operations guide, out of its own text. */
final class Guide {
    private static final Pattern BLOCK = Pattern.compile("\n```sh\n(.*?)\n```\n", Pattern.DOTALL);

    private Guide() {}

    /** What stands below the heading, block by block. */
    static List<String> blocks(String heading) throws IOException {
        var page = Files.readString(Script.CHECKOUT.resolve("server/docs/operations.md"));
        var start = page.indexOf("\n## " + heading + "\n");
        assertThat(start).as("a section " + heading).isNotNegative();
        var end = page.indexOf("\n## ", start + 1);
        var found = BLOCK.matcher(page.substring(start, end));
        var blocks = new ArrayList<String>();
        while (found.find()) {
            blocks.add(found.group(1));
        }
        return blocks;
    }
}
