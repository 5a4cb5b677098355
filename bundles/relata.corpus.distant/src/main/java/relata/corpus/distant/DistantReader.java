package relata.corpus.distant;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import relata.api.component.Parts;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Example;

/** Reads sentences, triples and what is to be left out, and puts them together. */
final class DistantReader implements CorpusReader {
    private static final String NAME = "distant";

    private final Distant.Config config;
    private final CorpusReader sentences;
    private final Optional<CorpusReader> facts;
    private final List<CorpusReader> exclude;

    DistantReader(Distant.Config config, Parts parts) {
        this.config = config;
        this.sentences = parts.create(config.sentences());
        this.facts = config.facts().map(parts::create);
        this.exclude = parts.createAll(config.exclude());
    }

    @Override
    public Corpus read() throws IOException {
        List<Example> examples = new ArrayList<>();
        Audit audit = make(examples::add);
        Set<String> relations = new TreeSet<>(config.negative().stream().toList());
        audit.relations.forEach((relation, counts) -> {
            if (counts.examples > 0) relations.add(relation);
        });
        return new Corpus(NAME, new TreeMap<>(Map.of(config.split(), examples)), List.copyOf(relations), config.negative(), audit.inputs);
    }

    /** Makes the examples and hands them out one by one. @throws CorpusException if there are none */
    Audit make(Supervision.Sink sink) throws IOException {
        Audit audit = new Audit();
        Exclusion exclusion = exclusion(audit);
        Corpus texts = sentences.read();
        inputs(audit, "sentences", texts);
        Set<String> entities = new HashSet<>();
        Sentence.each(texts, s -> {
            audit.sentences++;
            s.passage().entities().forEach(e -> entities.add(e.id()));
        });
        Triples triples = new Triples(entities, config.negative());
        if (config.triples().isPresent()) audit.inputs.put("triples/" + config.triples().get().getFileName(), triples.add(config.triples().get()));
        if (facts.isPresent()) {
            Corpus known = facts.get().read();
            inputs(audit, "facts", known);
            triples.add(known);
        }
        audit.triples = triples.size();
        new Supervision(config, texts, triples, exclusion, audit).run(sink);
        if (audit.examples == 0) throw new CorpusException(NAME, nothing(audit));
        return audit;
    }

    private Exclusion exclusion(Audit audit) throws IOException {
        Exclusion exclusion = new Exclusion(config.names(), config.texts());
        for (int i = 0; i < exclude.size(); i++) {
            Corpus corpus = exclude.get(i).read();
            inputs(audit, "exclude[" + i + "]", corpus);
            if (config.excludeSplits().isEmpty()) corpus.splits().values().forEach(exclusion::add);
            else for (String split : config.excludeSplits()) exclusion.add(corpus.split(split));
        }
        return exclusion;
    }

    private static void inputs(Audit audit, String role, Corpus corpus) {
        corpus.inputs().forEach((name, hash) -> audit.inputs.put(role + "/" + name, hash));
    }

    private static String nothing(Audit audit) {
        if (audit.sentences == 0) return "no sentence names two entities";
        if (audit.triples == 0) return "no triple is about two entities of the " + audit.sentences + " sentences; are their ids those of the knowledge base?";
        return "no example is left: of the " + audit.sentences + " sentences, " + audit.excluded + " were left out by 'exclude', " + audit.several + " by 'several', "
                + audit.rare + " by 'fewest', " + audit.beyondSize + " by 'size'; the others name no two entities of one of the " + audit.triples + " triples";
    }
}
