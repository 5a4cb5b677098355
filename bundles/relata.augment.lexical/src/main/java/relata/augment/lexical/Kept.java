package relata.augment.lexical;

import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.view.TokenGuard;
import relata.api.view.View;

/** What an augmenter must leave alone: always the entities, and what the guards name. Of several pairs, the union. */
record Kept(List<TokenGuard> guards) {
    /** The tokens that may change, ascending. */
    int[] free(Example example) {
        BitSet kept = new BitSet();
        for (Entity entity : example.passage().entities()) kept.or(entity.tokens());
        for (TokenGuard guard : guards) kept.or(guard.guarded(example));
        return IntStream.range(0, example.passage().tokens().size()).filter(i -> !kept.get(i)).toArray();
    }

    /** As many views as wanted, each drawn anew. */
    static List<View> views(int views, Supplier<View> draw) {
        return Stream.generate(draw).limit(views).toList();
    }

    /** How many words to change: a share of all tokens of the passage, at least one; none at rate 0. */
    static int changes(double rate, Example example) {
        return rate == 0 ? 0 : Math.max(1, (int) (rate * example.passage().tokens().size()));
    }
}
