package relata.corpus.biomedical;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusWriter;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Fact;
import relata.api.corpus.Mention;
import relata.api.corpus.Omissions;
import relata.corpus.text.Rewriting;
import relata.corpus.text.SharedPassages;

/**
 * Writes brat's standoff files: a text with a sentence a line, and its annotations. They hold documents whose ids are paths (the splits are folders), entities with ids such as {@code T1},
 * types without spaces and one mention, which may be in pieces. Asked about are the pairs of some types; words and sentences are those that the reader cuts.
 */
@Component(service = ComponentProvider.class)
@ComponentName("brat")
@Doc("brat standoff: a .txt file and an .ann file for each document, in a folder for each split.")
@Source("Stenetorp et al. 2012")
public final class BratWriter implements ComponentProvider<CorpusWriter, BratWriter.Config> {
    private static final Set<String> FOLDERS = Set.of("train", "dev", "test", "sample");

    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusWriter create(Config config, Parts parts) {
        return (corpus, folder, omissions) -> {
            SortedMap<String, SortedMap<String, Example>> documents = documents(SharedPassages.joined(corpus, omissions), omissions);
            SortedMap<String, List<Example>> splits = new TreeMap<>();
            documents.forEach((split, byPath) -> splits.put(split, List.copyOf(byPath.values())));
            Corpus ordered = new Corpus(corpus.name(), splits, corpus.relations(), corpus.negative(), corpus.inputs());
            DocumentSettings settings = DocumentSettings.of(ordered, BratWriter::word, true);
            Rewriting.write(ordered, folder, omissions, to -> {
                for (SortedMap<String, Example> byPath : documents.values()) for (Map.Entry<String, Example> d : byPath.entrySet()) document(to, d.getKey(), d.getValue(), corpus.negative());
                return new Brat().create(new Brat.Config(to, settings.pairs().types(), settings.pairs().directed(), Level.DOCUMENT, false, settings.negative(), settings.unseen(), Optional.of(OffsetUnit.CODEPOINT), 0), parts);
            });
            return settings.map(true);
        };
    }

    /** The documents of each split by their paths, which are their ids; if some are no paths, all are counted. */
    private static SortedMap<String, SortedMap<String, Example>> documents(Corpus corpus, Omissions omissions) throws IOException {
        boolean named = true;
        Set<String> seen = new HashSet<>();
        for (Map.Entry<String, List<Example>> split : corpus.splits().entrySet())
            for (Example e : split.getValue()) named &= e.id().matches("([\\p{L}\\p{N}_-][\\p{L}\\p{N}_.-]*/)*[\\p{L}\\p{N}_-][\\p{L}\\p{N}_.-]*") && seen.add(path(split.getKey(), e.id()).toLowerCase(Locale.ROOT));
        SortedMap<String, SortedMap<String, Example>> documents = new TreeMap<>();
        int number = 0;
        for (Map.Entry<String, List<Example>> split : corpus.splits().entrySet()) {
            SortedMap<String, Example> byPath = new TreeMap<>(Comparator.comparing((String p) -> p + ".ann"));
            for (Example e : split.getValue()) byPath.put(named ? path(split.getKey(), e.id()) : path(split.getKey(), String.format(Locale.ROOT, "%08d", ++number)), e);
            if (!List.copyOf(byPath.values()).equals(split.getValue())) omissions.leaveOut("split '" + split.getKey() + "'", "the order of examples", "they are read in the order of their files' names");
            if (!byPath.isEmpty()) documents.put(split.getKey(), byPath);
        }
        return documents;
    }

    private static String path(String split, String id) {
        return !FOLDERS.contains(split) || Reading.split(id, false).equals(split) ? id : split + "/" + id;
    }

    private static void document(Path folder, String path, Example example, Optional<String> negative) throws IOException {
        RunningText text = new RunningText(example.passage().tokens(), new HashSet<>(example.passage().sentences()));
        Path file = folder.resolve(path + ".txt");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text.text() + "\n");
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(path + ".ann"))) {
            List<String> names = names(example.passage().entities());
            for (int i = 0; i < names.size(); i++) {
                Entity entity = example.passage().entities().get(i);
                Mention mention = entity.mentions().get(0);
                String places = mention.spans().stream().map(s -> text.start(s) + " " + text.end(s)).collect(Collectors.joining(";"));
                out.append(names.get(i) + "\t" + word(entity.type()) + " " + places + "\t" + text.of(mention) + "\n");
            }
            int number = 0;
            for (Fact f : WrittenPairs.relations(example, negative)) out.append("R" + ++number + "\t" + word(f.relation()) + " Arg1:" + names.get(f.head()) + " Arg2:" + names.get(f.tail()) + "\n");
        }
    }

    /** Ids as brat has them. */
    private static List<String> names(List<Entity> entities) {
        List<String> ids = entities.stream().map(Entity::id).toList();
        if (ids.stream().allMatch(i -> i.matches("T[\\p{L}\\p{N}_-]*\\d")) && new HashSet<>(ids).size() == ids.size()) return ids;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) names.add("T" + (i + 1));
        return names;
    }

    /** A type or label: brat's are words. */
    private static String word(String text) {
        return text.isBlank() ? "Entity" : text.strip().replaceAll("\\s", "_");
    }
}
