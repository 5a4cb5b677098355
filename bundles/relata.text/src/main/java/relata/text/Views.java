package relata.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Mention;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;
import relata.api.view.View;

/** Views made from changed tokens: what points into the passage follows the tokens. */
public final class Views {
    private Views() {}

    /**
     * The view of an example whose tokens were replaced, moved, dropped or added.
     *
     * <p>Each span of a mention becomes the run (or runs, if it was torn) of the tokens that come from it. A sentence starts after as many tokens
     * as are left of the sentences before it: swaps between sentences keep their lengths. A new token counts with the token before it. A sentence
     * of which nothing is left is no more.
     *
     * @param example the source
     * @param tokens the words of the view
     * @param origin for each of them the index of the source's token that it is or replaces, or -1 if it is new
     * @throws IllegalArgumentException if a mention lost all its tokens
     */
    public static View of(Example example, List<String> tokens, List<Integer> origin) {
        Passage passage = example.passage();
        List<Entity> entities = passage.entities().stream()
                .map(e -> new Entity(e.id(), e.type(), e.mentions().stream().map(m -> moved(m, e, origin)).toList()))
                .toList();
        return new View(example, new Passage(passage.id(), tokens, sentences(passage, origin), entities, passage.facts(), passage.document()), origin);
    }

    private static Mention moved(Mention mention, Entity entity, List<Integer> origin) {
        List<Span> spans = new ArrayList<>();
        for (Span span : mention.spans()) {
            BitSet now = new BitSet();
            for (int i = 0; i < origin.size(); i++) if (span.contains(origin.get(i))) now.set(i);
            for (int start = now.nextSetBit(0); start >= 0; ) {
                int end = now.nextClearBit(start);
                spans.add(new Span(start, end));
                start = now.nextSetBit(end);
            }
        }
        if (spans.isEmpty()) throw new IllegalArgumentException("the view lost a mention of entity '" + entity.id() + "'");
        spans.sort((a, b) -> Integer.compare(a.start(), b.start()));
        return new Mention(spans);
    }

    private static List<Integer> sentences(Passage passage, List<Integer> origin) {
        int[] from = new int[origin.size()];
        for (int i = 0; i < from.length; i++) from[i] = origin.get(i) >= 0 ? origin.get(i) : i > 0 ? from[i - 1] : 0;
        TreeSet<Integer> starts = new TreeSet<>();
        for (int start : passage.sentences()) starts.add((int) Arrays.stream(from).filter(f -> f < start).count());
        starts.remove(origin.size());
        return List.copyOf(starts);
    }
}
