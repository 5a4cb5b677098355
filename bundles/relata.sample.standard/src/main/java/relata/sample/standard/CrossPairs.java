package relata.sample.standard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.random.RandomGenerator;

/** All pairs of two examples from different groups of one family of groups, numbered, so that they can be drawn without being listed. */
final class CrossPairs {
    private final List<List<int[]>> families;
    /** For each family and group: the pairs of all groups up to it, where those of a group are with the members of later groups. */
    private final long[][] pairs;
    /** For each family and group: the members of the family's groups up to it. */
    private final int[][] members;
    private final long count;

    /** @param families each with at least one group; a group is a list of indexes */
    CrossPairs(List<List<int[]>> families) {
        this.families = families;
        this.pairs = new long[families.size()][];
        this.members = new int[families.size()][];
        long end = 0;
        for (int f = 0; f < pairs.length; f++) {
            List<int[]> groups = families.get(f);
            int all = groups.stream().mapToInt(g -> g.length).sum();
            pairs[f] = new long[groups.size()];
            members[f] = new int[groups.size()];
            for (int g = 0; g < groups.size(); g++) {
                int size = groups.get(g).length;
                members[f][g] = (g == 0 ? 0 : members[f][g - 1]) + size;
                end += (long) size * (all - members[f][g]);
                pairs[f][g] = end;
            }
        }
        count = end;
    }

    /** How many there are. */
    long count() {
        return count;
    }

    /** So many different ones, or all if there are no more. */
    List<int[]> draw(long wanted, RandomGenerator random) {
        // Floyd's algorithm (Bentley 1987): each turn gives a number that was not drawn
        List<int[]> drawn = new ArrayList<>();
        Set<Long> numbers = new HashSet<>();
        for (long last = Math.max(0, count - wanted); last < count; last++) {
            long number = random.nextLong(last + 1);
            if (!numbers.add(number)) {
                number = last;
                numbers.add(number);
            }
            drawn.add(pair(number));
        }
        return drawn;
    }

    /** The two examples of a number from 0 to {@link #count} - 1. */
    int[] pair(long number) {
        int family = beyond(number, pairs.length, f -> pairs[f][pairs[f].length - 1]);
        int group = beyond(number, pairs[family].length, g -> pairs[family][g]);
        List<int[]> groups = families.get(family);
        int[] here = groups.get(group);
        int upTo = members[family][group];
        int others = members[family][groups.size() - 1] - upTo;
        long within = number - (pairs[family][group] - (long) here.length * others);
        int place = upTo + (int) (within % others);
        int other = beyond(place, groups.size(), g -> members[family][g]);
        return new int[] {here[(int) (within / others)], groups.get(other)[place - members[family][other - 1]]};
    }

    /** The first index whose end is beyond the number. */
    private static int beyond(long number, int size, IntToLongFunction end) {
        int low = 0;
        int high = size - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (end.applyAsLong(middle) > number) high = middle;
            else low = middle + 1;
        }
        return low;
    }
}
