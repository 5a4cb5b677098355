package relata.parse.corenlp;

import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.ling.SentenceUtils;
import edu.stanford.nlp.ling.TaggedWord;
import edu.stanford.nlp.parser.nndep.DependencyParser;
import edu.stanford.nlp.process.WordToSentenceProcessor;
import edu.stanford.nlp.process.WordToSentenceProcessor.NewlineIsSentenceBreak;
import edu.stanford.nlp.tagger.maxent.MaxentTagger;
import edu.stanford.nlp.trees.TypedDependency;
import edu.stanford.nlp.util.logging.RedwoodConfiguration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import relata.api.view.DependencyGraph;
import relata.text.DependencyGraphs;
import relata.text.Masks;

/** CoreNLP's tagger and parser with their models: loaded once, safe for several threads (CoreNLP's own annotators share them in the same way). */
final class CoreNlp {
    /** Library, models, and what we do to the text: a change in any of them makes other parses. */
    static final String VERSION = "corenlp-4.5.10 english-left3words-distsim english_UD masks-1";

    private static final String TAGGER = "edu/stanford/nlp/models/pos-tagger/english-left3words-distsim.tagger";
    private static final String PARSER = "edu/stanford/nlp/models/parser/nndep/english_UD.gz";

    private static @Nullable CoreNlp models;

    private final MaxentTagger tagger;
    private final DependencyParser parser;
    // no boundary is thrown away: the graph must have all tokens
    private final WordToSentenceProcessor<CoreLabel> splitter = new WordToSentenceProcessor<>(WordToSentenceProcessor.DEFAULT_BOUNDARY_REGEX,
            WordToSentenceProcessor.DEFAULT_BOUNDARY_FOLLOWERS_REGEX, Set.of(), Set.of(), NewlineIsSentenceBreak.NEVER, null, Set.of());

    private CoreNlp() {
        // it reports on the standard error stream otherwise
        RedwoodConfiguration.empty().apply();
        tagger = new MaxentTagger(TAGGER);
        parser = DependencyParser.loadFromModelFile(PARSER);
    }

    /**
     * The models; the first call takes seconds.
     *
     * @throws IllegalStateException if they cannot be loaded
     */
    static synchronized CoreNlp get() {
        CoreNlp loaded = models;
        if (loaded == null) {
            try {
                loaded = new CoreNlp();
            } catch (RuntimeException e) {
                throw new IllegalStateException("CoreNLP's English models cannot be loaded from the bundle relata.parse.corenlp: " + e.getMessage(), e);
            }
            models = loaded;
        }
        return loaded;
    }

    /** Parses a text of one or several sentences. */
    DependencyGraph parse(List<String> tokens) {
        List<DependencyGraph> sentences = new ArrayList<>();
        int parsed = 0;
        String[] words = Masks.of(tokens).nouns().stream().map(CoreNlp::word).toArray(String[]::new);
        for (List<CoreLabel> sentence : splitter.process(SentenceUtils.toCoreLabelList(words))) {
            sentences.add(sentence(sentence));
            parsed += sentence.size();
        }
        if (parsed != tokens.size()) throw new IllegalStateException("CoreNLP kept " + parsed + " of " + tokens.size() + " tokens");
        return DependencyGraphs.join(sentences);
    }

    /** What CoreNLP would take for a line break becomes a word: it leaves line breaks out. */
    private static String word(String token) {
        return token.isBlank() || token.equals("*NL*") ? "_" : token;
    }

    private DependencyGraph sentence(List<CoreLabel> words) {
        List<TaggedWord> tagged = tagger.tagSentence(words);
        int n = words.size();
        Integer[] heads = new Integer[n];
        String[] labels = new String[n];
        for (TypedDependency arc : parser.predict(tagged).typedDependencies()) {
            // CoreNLP counts from 1 and has the root at 0
            heads[arc.dep().index() - 1] = arc.gov().index() - 1;
            labels[arc.dep().index() - 1] = arc.reln().toString();
        }
        return new DependencyGraph(Arrays.asList(heads), Arrays.asList(labels), tagged.stream().map(TaggedWord::tag).toList(), List.of(0));
    }
}
