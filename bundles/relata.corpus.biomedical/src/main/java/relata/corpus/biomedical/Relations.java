package relata.corpus.biomedical;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.corpus.text.Splits;
import relata.corpus.text.Unseen;

/**
 * What is asked of a corpus whose format fixes neither types nor labels.
 *
 * @param pairs types of heads and tails; none: those of the relations that there are
 * @param directed a relation holds from head to tail only
 * @param level what an example is
 * @param negative the label of pairs without a relation
 */
record Relations(Path root, List<TypePair> pairs, boolean directed, Level level, String negative, Unseen unseen, double dev) {
    /** The corpus of what was read. @throws CorpusException if there is nothing to ask */
    Corpus of(Reading reading, Inputs inputs) throws IOException {
        if (negative.isBlank()) throw new CorpusException(root.toString(), "needs a label for pairs without a relation, but 'negative' is empty");
        reading.takeDev(dev);
        Splits splits = reading.ask(inputs, Optional.of(Asked.of(types(reading), directed)), negative, level == Level.DOCUMENT);
        if (unseen != Unseen.KEEP) splits.checkUnseen(unseen == Unseen.DROP);
        Set<String> labels = new TreeSet<>(splits.relations());
        labels.add(negative);
        return splits.corpus(reading.name(), new ArrayList<>(labels));
    }

    private Set<Asked.Types> types(Reading reading) throws CorpusException {
        Set<String> known = new TreeSet<>();
        for (Document d : reading.documents()) d.terms().forEach(t -> known.add(t.type()));
        if (pairs.isEmpty()) {
            Set<Asked.Types> types = reading.types();
            if (types.isEmpty()) throw new CorpusException(root.toString(), "has no relation that would tell which pairs to ask about; set 'pairs' to types of heads and tails, of " + String.join(", ", known));
            return types;
        }
        for (TypePair p : pairs)
            for (String type : List.of(p.head(), p.tail()))
                if (!known.contains(type)) throw new CorpusException(root.toString(), "has no entity of the type '" + type + "' that 'pairs' names; there are: " + String.join(", ", known));
        return pairs.stream().map(p -> new Asked.Types(p.head(), p.tail())).collect(Collectors.toSet());
    }
}
