package relata.corpus.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import relata.api.corpus.Entity;
import relata.api.corpus.Mention;
import relata.api.corpus.Passage;
import relata.api.corpus.Span;

/**
 * A passage whose places are counted in letters, spaces left out, so that they are the same however its words are cut.
 *
 * @param words all letters
 * @param sentences where sentences begin; empty if it has one, or it is not known
 * @param entities in the passage's order
 */
record Letters(String words, List<Integer> sentences, List<Named> entities) {
    /** An entity. @param mentions start and end of the pieces of each, those joined that touch */
    record Named(String id, String type, List<List<Integer>> mentions) {
        boolean beginsAndEndsAs(Named other) {
            List<Integer> first = mentions.get(0);
            List<Integer> second = other.mentions.get(0);
            return first.get(0).equals(second.get(0)) && first.get(first.size() - 1).equals(second.get(second.size() - 1));
        }
    }

    static Letters of(Passage passage) {
        StringBuilder words = new StringBuilder();
        int[] starts = new int[passage.tokens().size() + 1];
        for (int i = 0; i < passage.tokens().size(); i++) {
            starts[i] = words.length();
            passage.tokens().get(i).codePoints().filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c)).forEach(words::appendCodePoint);
        }
        starts[passage.tokens().size()] = words.length();
        List<Named> entities = new ArrayList<>();
        for (Entity e : passage.entities()) entities.add(new Named(e.id(), e.type(), e.mentions().stream().map(m -> pieces(m, starts)).toList()));
        return new Letters(words.toString(), passage.sentences().size() < 2 ? List.of() : passage.sentences().stream().map(s -> starts[s]).toList(), entities);
    }

    private static List<Integer> pieces(Mention mention, int[] starts) {
        List<Integer> pieces = new ArrayList<>();
        for (Span s : mention.spans()) {
            if (!pieces.isEmpty() && pieces.get(pieces.size() - 1) == starts[s.start()]) pieces.remove(pieces.size() - 1);
            else pieces.add(starts[s.start()]);
            pieces.add(starts[s.end()]);
        }
        return pieces;
    }

    /** The index of an entity that begins and ends as another, best with the same id. @param taken indexes that are another's; -1 if there is none */
    int find(Named other, Set<Integer> taken) {
        int found = -1;
        for (int i = 0; i < entities.size(); i++) {
            if (taken.contains(i) || !entities.get(i).beginsAndEndsAs(other)) continue;
            if (entities.get(i).id().equals(other.id())) return i;
            if (found < 0) found = i;
        }
        return found;
    }
}
