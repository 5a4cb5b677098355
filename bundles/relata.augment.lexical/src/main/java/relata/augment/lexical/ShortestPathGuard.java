package relata.augment.lexical;

import java.util.BitSet;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Ref;
import relata.api.component.Source;
import relata.api.view.DependencyGraph;
import relata.api.view.DependencyParser;
import relata.api.view.TokenGuard;
import relata.text.DependencyGraphs;
import relata.text.ShortestPath;

/** Keeps the shortest dependency path between head and tail, for every pair asked about: what says how the two are related. */
@Component(service = ComponentProvider.class)
@ComponentName("shortest-path")
@Doc("Keeps the shortest dependency path between the entities of each pair")
@Source("Su et al. 2021, section 3.1.1, after Bunescu and Mooney 2005")
public final class ShortestPathGuard implements ComponentProvider<TokenGuard, ShortestPathGuard.Config> {
    /** Settings. */
    public record Config(@Doc("Parses the passage") @Default("{ use: corenlp }") Ref<DependencyParser> parser) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public TokenGuard create(Config config, Parts parts) {
        DependencyParser parser = parts.create(config.parser());
        return example -> {
            DependencyGraph graph = DependencyGraphs.of(parser, example.passage());
            BitSet kept = new BitSet();
            for (int pair = 0; pair < example.pairs().size(); pair++)
                kept.or(ShortestPath.between(graph, example.head(pair), example.tail(pair)).set());
            return kept;
        };
    }
}
