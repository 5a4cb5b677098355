package relata.corpus.biomedical;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import relata.api.corpus.Passage;
import relata.api.corpus.Span;
import relata.corpus.text.Rewriting;
import relata.corpus.text.SharedPassages;
import relata.corpus.text.SplitNames;

/**
 * Writes PubTator files: the first sentence is the title, the others are the abstract. They hold documents with ids, and concepts with ids, types and any number of mentions, but no
 * mentions in pieces. Asked about are the pairs of some types; words and sentences are those that the reader cuts.
 */
@Component(service = ComponentProvider.class)
@ComponentName("pubtator")
@Doc("PubTator, a file a split: titles and abstracts with mentions of concepts, and relations between concepts.")
@Source("Wei et al. 2013")
public final class PubTatorWriter implements ComponentProvider<CorpusWriter, PubTatorWriter.Config> {
    private static final Set<String> NO_CONCEPT = Set.of("", "-", "-1");

    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusWriter create(Config config, Parts parts) {
        return (corpus, folder, omissions) -> {
            Corpus joined = SharedPassages.joined(corpus, omissions);
            DocumentSettings settings = DocumentSettings.of(joined, RunningText::line, false);
            Rewriting.write(joined, folder, omissions, to -> {
                fill(joined, to);
                return new PubTator().create(new PubTator.Config(to, settings.pairs().types(), settings.pairs().directed(), "", settings.negative(), settings.unseen(), Optional.of(OffsetUnit.CODEPOINT), 0), parts);
            });
            return settings.map(false);
        };
    }

    private static void fill(Corpus corpus, Path folder) throws IOException {
        // an id stands before a tab or a bar; if one cannot, all are counted
        boolean named = corpus.splits().values().stream().allMatch(s -> s.stream().allMatch(e -> e.id().matches("[^|\\t\\r\\n]+")));
        int number = 0;
        for (Map.Entry<String, List<Example>> split : corpus.splits().entrySet())
            try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(SplitNames.file(split.getKey(), ".pubtator")))) {
                for (Example e : split.getValue()) document(out, named ? e.id() : String.valueOf(++number), e, corpus.negative());
            }
    }

    private static void document(Appendable out, String id, Example example, Optional<String> negative) throws IOException {
        Passage passage = example.passage();
        int body = passage.sentences().size() < 2 ? passage.tokens().size() : passage.sentences().get(1);
        RunningText text = new RunningText(passage.tokens(), Set.of(body));
        String[] lines = text.text().split("\n", 2);
        out.append(id + "|t|" + lines[0] + "\n" + id + "|a|" + (lines.length < 2 ? "" : lines[1]) + "\n");
        List<String> concepts = concepts(passage.entities());
        for (int i = 0; i < concepts.size(); i++) {
            Entity entity = passage.entities().get(i);
            for (Mention m : entity.mentions()) {
                Span place = new Span(m.start(), m.end());
                out.append(id + "\t" + text.start(place) + "\t" + text.end(place) + "\t" + RunningText.line(text.of(place)) + "\t" + RunningText.line(entity.type()) + "\t" + concepts.get(i) + "\n");
            }
        }
        for (Fact f : WrittenPairs.relations(example, negative)) out.append(id + "\t" + RunningText.line(f.relation()) + "\t" + concepts.get(f.head()) + "\t" + concepts.get(f.tail()) + "\n");
        out.append('\n');
    }

    /** Ids that a column can hold, each of one concept. */
    private static List<String> concepts(List<Entity> entities) {
        List<String> ids = entities.stream().map(e -> RunningText.line(e.id()).strip()).toList();
        if (ids.stream().noneMatch(NO_CONCEPT::contains) && new HashSet<>(ids).size() == ids.size()) return ids;
        List<String> concepts = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) concepts.add("c" + (i + 1));
        return concepts;
    }
}
