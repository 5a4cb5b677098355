package relata.parse.corenlp;

import java.util.List;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.view.DependencyGraph;
import relata.api.view.DependencyParser;

/**
 * Stanford CoreNLP: English Universal Dependencies (basic) and Penn tags, for exactly the given tokens. Entity masks ({@code @PROTEIN$}) are read as nouns.
 * Texts of several sentences are cut after {@code .}, {@code !} and {@code ?}. The models are loaded at the first parse that is in no cache.
 */
@Component(service = ComponentProvider.class)
@ComponentName("corenlp")
@Doc("Parses English with Stanford CoreNLP")
@Source("Chen and Manning 2014 (parser); Toutanova et al. 2003 (tagger)")
public final class CoreNlpParser implements ComponentProvider<DependencyParser, CoreNlpParser.Config> {
    /** Settings. */
    public record Config(@Doc("Keep parses in the cache folder, so that each text is parsed once and for all") @Default("true") boolean cache) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public DependencyParser create(Config config, Parts parts) {
        if (!config.cache()) return new Parser(text -> CoreNlp.get().parse(text));
        ParseCache cache = ParseCache.in(parts.cache().resolve("parses"), CoreNlp.VERSION);
        return new Parser(text -> cache.get(text, tokens -> CoreNlp.get().parse(tokens)));
    }

    private record Parser(ParseFunction parses) implements DependencyParser {
        @Override
        public DependencyGraph parse(List<String> tokens) {
            if (tokens.isEmpty()) throw new IllegalArgumentException("a text without tokens has no parse");
            return parses.parse(List.copyOf(tokens));
        }

        @Override
        public String version() {
            return CoreNlp.VERSION;
        }
    }

    /** Tokens to graph. */
    @FunctionalInterface
    interface ParseFunction {
        DependencyGraph parse(List<String> tokens);
    }
}
