package relata.sample.standard;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Cards drawn in random order; when none is left, they are shuffled again. */
final class Deck {
    private final int[] cards;
    private final RandomGenerator random;
    private int next;

    Deck(int[] cards, RandomGenerator random) {
        this.cards = cards.clone();
        this.random = random;
        Batches.shuffle(this.cards, random);
    }

    /** So many different cards, none of those taken; fewer if there are not so many. */
    Set<Integer> draw(int count, Set<Integer> taken) {
        Set<Integer> drawn = new LinkedHashSet<>();
        // the rest of the deck and a whole new one hold every card
        for (int left = 2 * cards.length; drawn.size() < count && left > 0; left--) {
            if (next == cards.length) {
                Batches.shuffle(cards, random);
                next = 0;
            }
            int card = cards[next++];
            if (!taken.contains(card)) drawn.add(card);
        }
        return drawn;
    }
}
