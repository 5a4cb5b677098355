package relata.corpus.distant;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Ref;
import relata.api.component.Source;
import relata.api.corpus.CorpusReader;

/**
 * Distant supervision (Mintz et al. 2009): a sentence that names both entities of a triple is taken for an example of its relation. So Peng et al. (2020) make their training data from
 * Wikipedia and Wikidata. Sentences come from any corpus whose entities have ids that hold across passages; where an id only counts, the lower-cased name stands for it. Documents are
 * taken sentence by sentence, and entities that share a word are no pair.
 *
 * <p>Nothing but {@code seed} is random. The pairs of test data can be left out, and what that costs is counted ({@link DistantReader}).
 */
@Component(service = ComponentProvider.class)
@ComponentName("distant")
@Doc("Distant supervision: the sentences of a corpus that name both entities of a triple are examples of its relation.")
@Source("Mintz et al. 2009; Peng et al. 2020, section 3.1 and appendix A")
public final class Distant implements ComponentProvider<CorpusReader, Distant.Config> {
    /** What to do where several relations hold from one entity to another. */
    public enum Several {
        /** One example with all labels. */
        ALL,
        /** An example for each. */
        EACH,
        /** No example. */
        DROP
    }

    /** Where sentences and triples come from, and which examples to make. */
    public record Config(
            @Doc("The corpus whose passages are the sentences; what it asks about does not matter.") Ref<CorpusReader> sentences,
            @Doc("A knowledge base: a file of triples, HEAD tab RELATION tab TAIL a line, also gzipped; heads and tails are entity ids.") Optional<Path> triples,
            @Doc("A corpus that serves as knowledge base: its answers and facts are triples.") Optional<Ref<CorpusReader>> facts,
            @Doc("The label of pairs that no triple relates either way round; without it there are no examples of such.") Optional<String> negative,
            @Doc("So many examples of the negative label for each of a relation, chosen by chance.") @Default("1") @Range("[0, inf)") double ratio,
            @Doc("Where several relations hold: one example with all labels, an example for each, or none (drop).") @Default("all") Several several,
            @Doc("Leave out pairs of entities that fewer sentences name; 2 suits matching the blanks.") @Default("1") @Range("[1, inf)") int fewest,
            @Doc("At most so many related examples, of whole pairs of entities chosen by chance; all, if left out.") @Range("[1, inf)") Optional<Integer> size,
            @Doc("Corpora whose pairs are left out, either way round: those that will be tested on.") @Default("[]") List<Ref<CorpusReader>> exclude,
            @Doc("The splits of these corpora that count; all, if empty.") @Default("[]") List<String> excludeSplits,
            @Doc("Whether to exclude by lower-cased names, not by ids.") @Default("false") boolean names,
            @Doc("Whether to exclude their texts too: a sentence that is one of their passages, word for word but for capitals, with all its pairs.") @Default("false") boolean texts,
            @Doc("The name of the new split.") @Default("train") String split,
            @Doc("Seed of what is chosen by chance.") @Default("42") long seed) {
        public Config {
            exclude = List.copyOf(exclude);
            excludeSplits = List.copyOf(excludeSplits);
            if (triples.isEmpty() && facts.isEmpty()) throw new IllegalArgumentException("needs a knowledge base: 'triples', a file, or 'facts', a corpus");
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public CorpusReader create(Config config, Parts parts) {
        return new DistantReader(config, parts);
    }
}
