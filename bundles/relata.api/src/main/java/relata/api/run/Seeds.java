package relata.api.run;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Several seeds in one word: {@code 42..46} or {@code 1,7,42}. */
final class Seeds {
    private static final Pattern RANGE = Pattern.compile("(-?\\d{1,18})\\.\\.(-?\\d{1,18})");
    private static final int MOST = 1000;

    private Seeds() {}

    static List<Long> parse(String text) throws PlanException {
        List<Long> seeds = new ArrayList<>();
        for (String word : text.split(",")) {
            Matcher range = RANGE.matcher(word.strip());
            try {
                if (!range.matches()) {
                    seeds.add(Long.parseLong(word.strip()));
                    continue;
                }
                long from = Long.parseLong(range.group(1));
                long to = Long.parseLong(range.group(2));
                if (to < from || to - from >= MOST) throw wrong(text);
                for (long seed = from; seed <= to; seed++) seeds.add(seed);
            } catch (NumberFormatException e) {
                throw wrong(text);
            }
        }
        if (seeds.stream().distinct().count() < seeds.size()) throw new PlanException("--seeds " + text + " names a seed twice");
        return seeds;
    }

    private static PlanException wrong(String text) {
        return new PlanException("--seeds was '" + text + "' but must be like 42..46 or 1,7,42, at most " + MOST + " of them");
    }
}
