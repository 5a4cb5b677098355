package relata.corpus.biomedical;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.Example;
import relata.corpus.text.Hash;
import relata.corpus.text.Place;
import relata.corpus.text.SplitFile;
import relata.corpus.text.Splits;
import relata.corpus.text.Unit;

/** One reading of a corpus: the documents of its splits, and what becomes of them. */
final class Reading {
    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);
    private static final Set<String> NAMED = Set.of("train", "dev", "test");

    private final Path root;
    private final Optional<Unit> unit;
    private final SortedMap<String, List<Document>> splits = new TreeMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private final Notes notes = new Notes();

    /** Of nothing so far. @param unit what offsets count, if known */
    Reading(Path root, Optional<OffsetUnit> unit) {
        this.root = root;
        this.unit = unit.map(OffsetUnit::unit);
    }

    Notes notes() {
        return notes;
    }

    /** The split of a file as its folders say, or its own name if {@code names}; {@code all} if they do not. */
    static String split(String file, boolean names) {
        String[] parts = file.split("/");
        for (int i = 0; i < parts.length - (names ? 0 : 1); i++) {
            if (List.of(parts[i].toLowerCase(Locale.ROOT).split("[^a-z]+")).contains("sample")) return "sample";
            String split = SplitFile.split(parts[i]);
            if (NAMED.contains(split)) return split;
        }
        return "all";
    }

    /** Takes the documents of a file. @throws CorpusException if a mention is not where it should be, or an id is taken */
    void add(String split, List<Draft> drafts) throws CorpusException {
        for (Draft d : drafts) {
            Place before = places.put(d.id(), d.at());
            if (before != null) throw d.at().error("the document '" + d.id() + "' was read before, in " + before.words());
        }
        splits.computeIfAbsent(split, k -> new ArrayList<>()).addAll(Fitting.fit(drafts, unit, notes));
    }

    /** The types of entities between which there are relations. */
    Set<Asked.Types> types() {
        Set<Asked.Types> types = new TreeSet<>(Comparator.comparing(Asked.Types::head).thenComparing(Asked.Types::tail));
        for (List<Document> documents : splits.values())
            for (Document d : documents) {
                Map<String, String> of = d.terms().stream().collect(Collectors.toMap(Document.Term::id, Document.Term::type, (a, b) -> a));
                for (Draft.Link l : d.links()) {
                    String head = of.get(l.head());
                    String tail = of.get(l.tail());
                    if (head != null && tail != null) types.add(new Asked.Types(head, tail));
                }
            }
        return types;
    }

    /** Moves a share of the training documents, at least one and never all, to a split dev if there is none: those whose ids have the smallest hashes. */
    void takeDev(double share) throws CorpusException {
        if (share <= 0 || splits.containsKey("dev")) return;
        List<Document> train = splits.get("train");
        if (train == null || train.size() < 2) throw new CorpusException(root.toString(), "has no split 'train' of two documents or more to take dev from; there are: " + String.join(", ", splits.keySet()));
        int count = (int) Math.min(train.size() - 1, Math.ceil(share * train.size()));
        Set<String> dev = train.stream().map(Document::id).sorted(Comparator.comparing(Hash::of, Arrays::compareUnsigned)).limit(count).collect(Collectors.toSet());
        splits.put("dev", train.stream().filter(d -> dev.contains(d.id())).toList());
        splits.put("train", train.stream().filter(d -> !dev.contains(d.id())).toList());
    }

    /** Puts each document of all splits into the split that is named for it. */
    void divide(Function<Document, Optional<String>> splitOf) {
        SortedMap<String, List<Document>> divided = new TreeMap<>();
        splits.values().forEach(documents -> documents.forEach(d -> splitOf.apply(d).ifPresent(s -> divided.computeIfAbsent(s, k -> new ArrayList<>()).add(d))));
        splits.clear();
        splits.putAll(divided);
    }

    /** The documents of each split. */
    SortedMap<String, List<Document>> splits() {
        return Collections.unmodifiableSortedMap(splits);
    }

    /** All documents, in order of split and file. */
    List<Document> documents() {
        return splits.values().stream().flatMap(List::stream).toList();
    }

    /**
     * Asks.
     *
     * @param wholeDocuments one example a document, else one a pair of a sentence
     */
    Splits ask(Inputs inputs, Optional<Asked> asked, String negative, boolean wholeDocuments) throws CorpusException {
        Splits corpus = new Splits(root, Optional.of(negative));
        Questions questions = new Questions(asked, negative, notes);
        boolean any = false;
        for (Map.Entry<String, List<Document>> split : splits.entrySet()) {
            boolean empty = true;
            for (Document d : split.getValue())
                for (Example e : wholeDocuments ? questions.ofDocument(d) : questions.ofSentences(d)) {
                    corpus.add(split.getKey(), e, d.at());
                    empty = false;
                }
            if (empty) notes.count("splits were left out, since no pair is asked about in them: " + split.getKey());
            any |= !empty;
        }
        if (!any) throw new CorpusException(root.toString(), "asks about no pair: of " + documents().size() + " documents none has " + (wholeDocuments ? "" : "a sentence with ") + "two entities of the right types");
        inputs.hashes().forEach(corpus::input);
        if (!notes.words().isEmpty()) LOG.warn("{}: {}", root, notes.words());
        return corpus;
    }

    /** The name of the corpus: that of its file or folder, without extension. */
    String name() {
        String file = String.valueOf(root.toAbsolutePath().normalize().getFileName());
        int dot = file.indexOf('.', 1);
        return dot > 0 ? file.substring(0, dot) : file;
    }
}
