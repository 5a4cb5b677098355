package {{package}};

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.corpus.text.Line;
import relata.corpus.text.Lines;

/**
 * Reads {@code train.tsv}, {@code dev.tsv} and {@code test.tsv}, those that are there. A line is a relation, a tab, and a sentence with spaces between its
 * tokens, in which {@code <h> </h>} stand around the head and {@code <t> </t>} around the tail.
 */
@Component(service = ComponentProvider.class)
@ComponentName("{{name}}")
@Doc("Tab-separated lines: a relation, and a sentence in which the two entities are marked.")
@Source("")
public final class {{class}} implements ComponentProvider<CorpusReader, {{class}}.Config> {
    /** Settings. */
    public record Config(
            @Doc("The folder with train.tsv, dev.tsv and test.tsv.") Path root,
            @Doc("The label that means no relation.") Optional<String> negative) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusReader create(Config config, Parts parts) {
        return () -> read(config.root(), config.negative());
    }

    private static Corpus read(Path root, Optional<String> negative) throws IOException {
        SortedMap<String, List<Example>> splits = new TreeMap<>();
        SortedMap<String, String> inputs = new TreeMap<>();
        TreeSet<String> relations = new TreeSet<>();
        for (String split : List.of("train", "dev", "test")) {
            Path file = root.resolve(split + ".tsv");
            if (!Files.exists(file)) continue;
            List<Example> examples = new ArrayList<>();
            // the SHA-256 of what was read goes into the provenance of runs
            inputs.put(split + ".tsv", Lines.read(file, line -> examples.add(example(split + "-" + line.number(), line, negative))));
            examples.forEach(e -> relations.addAll(e.pairs().get(0).relations()));
            splits.put(split, examples);
        }
        if (splits.isEmpty()) throw new CorpusException(root.toString(), "holds none of train.tsv, dev.tsv and test.tsv");
        negative.ifPresent(relations::add);
        return new Corpus(root.toAbsolutePath().getFileName().toString(), splits, List.copyOf(relations), negative, inputs);
    }

    private static Example example(String id, Line line, Optional<String> negative) throws CorpusException {
        String[] cells = line.text().split("\t", -1);
        if (cells.length != 2 || cells[0].isBlank()) throw line.error("has " + cells.length + " cells, but a relation, a tab and a sentence were expected");
        List<String> tokens = new ArrayList<>();
        Map<String, Integer> places = new TreeMap<>();
        for (String word : cells[1].strip().split(" +")) {
            if (!List.of("<h>", "</h>", "<t>", "</t>").contains(word)) tokens.add(word);
            else if (places.put(word, tokens.size()) != null) throw line.error("has " + word + " twice");
        }
        Entity head = entity(id + "-head", line, places, tokens, "<h>", "</h>");
        Entity tail = entity(id + "-tail", line, places, tokens, "<t>", "</t>");
        List<Fact> facts = negative.equals(Optional.of(cells[0])) ? List.of() : List.of(new Fact(0, 1, cells[0]));
        return new Example(id, new Passage(id, tokens, List.of(0), List.of(head, tail), facts), List.of(new Pair(0, 1, List.of(cells[0]))));
    }

    private static Entity entity(String id, Line line, Map<String, Integer> places, List<String> tokens, String from, String to) throws CorpusException {
        Integer start = places.get(from);
        Integer end = places.get(to);
        if (start == null || end == null || start >= end) throw line.error("must have " + from + " before an entity and " + to + " after it, spaces around both");
        return Entity.of(id, "", start, end);
    }
}
