package org.huying.canteen.report;

import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.huying.kernel.spelling.NormalForm;

/** The order in which one walks: numbers by their value, so building 2 comes before building 10, and 10 is 10 when wide. */
final class AddressOrder implements Comparator<String> {
    private static final Pattern PIECE = Pattern.compile("[0-9]+|[^0-9]+");

    @Override
    public int compare(String one, String other) {
        var pieces = pieces(one);
        var others = pieces(other);
        for (int i = 0; i < Math.min(pieces.size(), others.size()); i++) {
            int order = comparePieces(pieces.get(i), others.get(i));
            if (order != 0) {
                return order;
            }
        }
        int order = Integer.compare(pieces.size(), others.size());
        return order == 0 ? one.compareTo(other) : order;
    }

    private static int comparePieces(String one, String other) {
        if (!isNumber(one) || !isNumber(other)) {
            return one.compareTo(other);
        }
        var digits = withoutZeros(one);
        var otherDigits = withoutZeros(other);
        int order = Integer.compare(digits.length(), otherDigits.length());
        return order == 0 ? digits.compareTo(otherDigits) : order;
    }

    private static List<String> pieces(String address) {
        return PIECE.matcher(NormalForm.ofName(address).text())
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static boolean isNumber(String piece) {
        return piece.charAt(0) >= '0' && piece.charAt(0) <= '9';
    }

    private static String withoutZeros(String digits) {
        int start = 0;
        while (start < digits.length() - 1 && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }
}
