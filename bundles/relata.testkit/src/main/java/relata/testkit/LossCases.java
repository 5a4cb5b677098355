package relata.testkit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** The contrasts that losses are tried on. */
final class LossCases {
    private LossCases() {}

    /** What a loss must bear, each with a name. */
    static Map<String, PlainContrast> hard() {
        Map<String, PlainContrast> cases = new LinkedHashMap<>();
        cases.put("no positives", groups(2, 2).attracting(w -> 0));
        cases.put("no negatives", groups(4));
        cases.put("no pairs", groups(2, 2).attracting(w -> 0).repelling(w -> 0));
        cases.put("one instance", groups(1));
        cases.put("one anchor that counts", groups(2, 2).anchored(0, 1, 0, 0));
        cases.put("one anchor, many candidates", weighted(1, 9));
        cases.put("an anchor without positives among others", groups(1, 2, 2));
        cases.put("identical vectors", groups(2, 2, 2).similar(s -> 1));
        cases.put("zero vectors", groups(2, 2, 2).similar(s -> 0));
        cases.put("opposite positives", groups(2, 2).similar(s -> 1).nearer(groups(2, 2).positive(), -2));
        cases.put("large similarities", groups(2, 2, 3).similar(s -> s * 1e4));
        cases.put("large similarities, all below 0", groups(2, 2, 3).similar(s -> -1e4 * Math.abs(s)));
        cases.put("large weights", weighted(5, 5).attracting(w -> 1e6 * w).repelling(w -> 1e6 * w));
        cases.put("tiny weights", weighted(5, 5).attracting(w -> 1e-6 * w).repelling(w -> 1e-6 * w));
        return cases;
    }

    /** Instances in groups of these sizes. */
    static PlainContrast groups(int... sizes) {
        return PlainContrast.ofGroups(new Random(7), sizes);
    }

    /** With weights of all kinds. */
    static PlainContrast weighted(int rows, int columns) {
        return PlainContrast.weighted(new Random(11), rows, columns);
    }

    /** So many sizes of 2. */
    static int[] twos(int groups) {
        int[] sizes = new int[groups];
        Arrays.fill(sizes, 2);
        return sizes;
    }

    /** What must give 0, each with a name. */
    static Map<String, PlainContrast> withoutPositives() {
        Map<String, PlainContrast> cases = new LinkedHashMap<>();
        cases.put("no positives", groups(2, 2, 3).attracting(w -> 0));
        cases.put("groups of one", groups(1, 1, 1));
        cases.put("one instance", groups(1));
        cases.put("only anchors of weight 0", groups(2, 2).anchored(0, 0, 0, 0));
        cases.put("the anchors that have positives have weight 0", groups(2, 1).anchored(0, 0, 1));
        return cases;
    }
}
