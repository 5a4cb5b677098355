package relata.corpus.wordnet;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.sf.extjwnl.data.PointerType;
import relata.corpus.wordnet.Synsets.Link;
import relata.corpus.wordnet.Synsets.Noun;

/** Says how a synset is related to a lemma. The head is the synset, the tail the lemma: {@code hypernym} means that the tail is a hypernym of the head. */
final class Relations {
    /** The label of pairs that are not related. */
    static final String NONE = "no-relation";
    /** The relations of the corpus by WordNet's pointers. */
    static final Map<PointerType, String> NAMES = new EnumMap<>(Map.of(
            PointerType.HYPERNYM, "hypernym", PointerType.HYPONYM, "hyponym", PointerType.INSTANCE_HYPERNYM, "instance-hypernym",
            PointerType.PART_HOLONYM, "part-holonym", PointerType.MEMBER_HOLONYM, "member-holonym", PointerType.SUBSTANCE_HOLONYM, "substance-holonym",
            PointerType.PART_MERONYM, "part-meronym", PointerType.MEMBER_MERONYM, "member-meronym", PointerType.SUBSTANCE_MERONYM, "substance-meronym",
            PointerType.CATEGORY, "domain-topic"));
    private static final Set<PointerType> UP = EnumSet.of(PointerType.HYPERNYM, PointerType.INSTANCE_HYPERNYM,
            PointerType.PART_HOLONYM, PointerType.MEMBER_HOLONYM, PointerType.SUBSTANCE_HOLONYM);
    private static final Set<PointerType> INHERITED = EnumSet.of(PointerType.PART_MERONYM, PointerType.MEMBER_MERONYM, PointerType.SUBSTANCE_MERONYM,
            PointerType.CATEGORY, PointerType.REGION, PointerType.USAGE, PointerType.ATTRIBUTE);

    private final Synsets synsets;
    private final Noun noun;
    private final Map<Long, Set<PointerType>> direct = new HashMap<>();
    private final Set<Long> indirect = new HashSet<>();

    Relations(Synsets synsets, Noun noun) {
        this.synsets = synsets;
        this.noun = noun;
        for (Link link : noun.links()) direct.computeIfAbsent(link.target(), t -> EnumSet.noneOf(PointerType.class)).add(link.type());
        climb();
    }

    /**
     * The relation to what any of the lemmas stands for, or {@link #NONE}. Empty if the corpus should not ask: several relations, a kind of
     * pointer that is no relation of the corpus, the synset's own lemma, or related only through what is above the synset: neither
     * a relation that WordNet states nor none.
     */
    Optional<String> to(List<String> lemmas) {
        Set<PointerType> found = new TreeSet<>();
        boolean near = false;
        for (String lemma : lemmas) {
            if (noun.lemmas().contains(lemma)) return Optional.empty();
            for (long sense : synsets.senses(lemma)) {
                found.addAll(direct.getOrDefault(sense, Set.of()));
                near |= indirect.contains(sense);
            }
        }
        if (found.isEmpty()) return near ? Optional.empty() : Optional.of(NONE);
        return found.size() > 1 ? Optional.empty() : Optional.ofNullable(NAMES.get(found.iterator().next()));
    }

    /** All that is above by hypernymy and holonymy, and the parts and domains of it. */
    private void climb() {
        Set<Long> seen = new HashSet<>();
        Deque<Long> open = new ArrayDeque<>(List.of(noun.offset()));
        while (!open.isEmpty()) {
            long offset = open.pop();
            if (!seen.add(offset)) continue;
            indirect.add(offset);
            for (Link link : synsets.nouns().get(offset).links()) {
                if (UP.contains(link.type())) open.push(link.target());
                else if (INHERITED.contains(link.type())) indirect.add(link.target());
            }
        }
    }
}
