package relata.corpus.biomedical;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.api.corpus.CorpusException;
import relata.corpus.text.Hash;
import relata.corpus.text.Lines;

/** Documents dealt into folds for cross-validation: never two sentences of one document in different folds. */
final class Folds {
    private final Map<String, Integer> foldOf;
    private final int fold;

    private Folds(Map<String, Integer> foldOf, int fold) {
        this.foldOf = foldOf;
        this.fold = fold;
    }

    /** The folds of a corpus, if they are wanted. @throws CorpusException if a document has none, or the fold does not exist */
    static Optional<Folds> of(Ppi.Config config, List<Document> documents, Inputs inputs) throws IOException {
        Map<String, Integer> foldOf = new HashMap<>();
        String where = config.root().toString();
        if (config.foldFile().isPresent()) foldOf.putAll(given(config.foldFile().get(), documents, inputs));
        else if (config.folds() == 0) return Optional.empty();
        else {
            if (config.folds() < 2 || config.folds() > documents.size()) throw new CorpusException(where, "has " + documents.size() + " documents, which cannot be dealt into " + config.folds() + " folds");
            List<String> ids = documents.stream().map(Document::id).sorted(Comparator.comparing(Hash::of, Arrays::compareUnsigned)).toList();
            for (int i = 0; i < ids.size(); i++) foldOf.put(ids.get(i), i % config.folds());
        }
        if (config.foldFile().isPresent() && config.folds() != 0) throw new CorpusException(where, "is to be dealt into " + config.folds() + " folds, but 'foldFile' gives folds; set one of them");
        long inside = documents.stream().filter(d -> foldOf.get(d.id()) == config.fold()).count();
        if (inside == 0 || inside == documents.size())
            throw new CorpusException(where, "has " + (inside == 0 ? "no document" : "all documents") + " in fold " + config.fold() + "; the folds are " + foldOf.values().stream().distinct().sorted().toList());
        return Optional.of(new Folds(foldOf, config.fold()));
    }

    private static Map<String, Integer> given(Path file, List<Document> documents, Inputs inputs) throws IOException {
        Map<String, Integer> foldOf = new HashMap<>();
        String hash = Lines.read(file, line -> {
            String[] columns = Rows.columns(line, "document", "fold");
            if (foldOf.put(columns[0], Rows.offset(line, "the fold", columns[1].strip())) != null) throw line.error("has the document '" + columns[0] + "' again");
        });
        inputs.note(String.valueOf(file.getFileName()), hash);
        for (Document d : documents) if (!foldOf.containsKey(d.id())) throw d.at().error("is the document '" + d.id() + "', which has no fold in " + file);
        return foldOf;
    }

    /** The split of a document. */
    Optional<String> split(Document d) {
        return Optional.of(foldOf.getOrDefault(d.id(), -1) == fold ? "test" : "train");
    }
}
