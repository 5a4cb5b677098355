package relata.corpus.wordnet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Chooses questions: no class larger than a cap, and, if asked for, so many in all, each class of each split in proportion. */
final class Sample {
    private Sample() {}

    /** At most {@code cap} of each label in {@code train}, an eighth of it in the other splits. */
    static List<Question> capped(List<Question> questions, int cap) {
        Map<String, Integer> sizes = new TreeMap<>();
        groups(questions).forEach((group, members) -> sizes.put(group, Math.min(members.size(), group.startsWith("train ") ? cap : Math.max(1, cap / 8))));
        return take(questions, sizes);
    }

    /** {@code size} questions (all, if there are no more): largest remainders, at least one of each label of each split. */
    static List<Question> proportional(List<Question> questions, int size) {
        if (size >= questions.size()) return questions;
        Map<String, List<Question>> groups = groups(questions);
        Map<String, Integer> sizes = new TreeMap<>();
        Map<String, Double> rests = new LinkedHashMap<>();
        groups.forEach((group, members) -> {
            double share = (double) size * members.size() / questions.size();
            sizes.put(group, Math.max(1, (int) share));
            rests.put(group, share - (int) share);
        });
        int left = size - sizes.values().stream().mapToInt(Integer::intValue).sum();
        List<String> order = rests.keySet().stream().sorted(Comparator.comparing((String g) -> -rests.get(g)).thenComparing(g -> g)).toList();
        for (int i = 0; i < left; i++) sizes.merge(order.get(i % order.size()), 1, Integer::sum);
        // classes that were raised to one are paid for by the largest
        for (; left < 0; left++) sizes.merge(sizes.keySet().stream().max(Comparator.comparing(sizes::get)).orElseThrow(), -1, Integer::sum);
        return take(questions, sizes);
    }

    /** The number of labels times splits: the smallest sample that has all. */
    static int smallest(List<Question> questions) {
        return groups(questions).size();
    }

    private static Map<String, List<Question>> groups(List<Question> questions) {
        Map<String, List<Question>> groups = new TreeMap<>();
        for (Question q : questions) groups.computeIfAbsent(group(q), g -> new ArrayList<>()).add(q);
        return groups;
    }

    private static String group(Question question) {
        return question.split() + " " + question.label();
    }

    /** The first of each group by rank, in the order of {@code questions}. */
    private static List<Question> take(List<Question> questions, Map<String, Integer> sizes) {
        Map<String, Long> last = new TreeMap<>();
        groups(questions).forEach((group, members) -> last.put(group, members.stream().map(Question::rank).sorted().skip(sizes.get(group) - 1).findFirst().orElseThrow()));
        return questions.stream().filter(q -> q.rank() <= last.get(group(q))).toList();
    }
}
