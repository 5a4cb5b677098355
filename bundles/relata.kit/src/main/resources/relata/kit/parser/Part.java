package {{package}};

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
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
 * Right-branching chains, the usual baseline of parsers that learn without trees (Klein and Manning 2004): each word depends on the one before it, the
 * first of a sentence is its root. The path between two entities is then all that stands between them.
 */
@Component(service = ComponentProvider.class)
@ComponentName("{{name}}")
@Doc("Makes each word depend on the one before it.")
@Source("Klein and Manning 2004, section 2")
public final class {{class}} implements ComponentProvider<DependencyParser, {{class}}.Config> {
    /** Settings. */
    public record Config(@Doc("Tokens that end a sentence.") @Default("['.', '?', '!']") List<String> ends) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public DependencyParser create(Config config, Parts parts) {
        Set<String> ends = Set.copyOf(config.ends());
        return new DependencyParser() {
            @Override
            public DependencyGraph parse(List<String> tokens) {
                return chains(tokens, ends);
            }

            @Override
            public String version() {
                // part of the key of cached parses: whatever may change a parse must change it
                return "{{name}} 1 " + config.ends();
            }
        };
    }

    private static DependencyGraph chains(List<String> tokens, Set<String> ends) {
        List<Integer> heads = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        List<Integer> sentences = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            boolean first = i == 0 || ends.contains(tokens.get(i - 1));
            if (first) sentences.add(i);
            heads.add(first ? -1 : i - 1);
            labels.add(first ? "root" : "dep");
        }
        return new DependencyGraph(heads, labels, Collections.nCopies(tokens.size(), ""), sentences);
    }
}
