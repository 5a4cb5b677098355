package relata.api.view;

import java.util.List;

/**
 * Basic dependencies of one or several sentences.
 *
 * @param heads for each token the index of its head, or -1 for a root
 * @param labels for each token the (Universal Dependencies) label of the arc to its head
 * @param tags for each token its Penn part-of-speech tag; empty strings if unknown
 * @param sentences index of the first token of each sentence, beginning with 0
 */
public record DependencyGraph(List<Integer> heads, List<String> labels, List<String> tags, List<Integer> sentences) {
    public DependencyGraph {
        heads = List.copyOf(heads);
        labels = List.copyOf(labels);
        tags = List.copyOf(tags);
        sentences = List.copyOf(sentences);
        int n = heads.size();
        if (labels.size() != n || tags.size() != n)
            throw new IllegalArgumentException("heads, labels and tags differ in length: " + n + ", " + labels.size() + ", " + tags.size());
        for (int i = 0; i < n; i++)
            if (heads.get(i) < -1 || heads.get(i) >= n || heads.get(i) == i)
                throw new IllegalArgumentException("token " + i + " has head " + heads.get(i) + " among " + n + " tokens");
    }

    /** Number of tokens. */
    public int size() {
        return heads.size();
    }
}
