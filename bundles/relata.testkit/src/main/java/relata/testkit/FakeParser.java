package relata.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.view.DependencyGraph;
import relata.api.view.DependencyParser;

/**
 * {@code { use: fake }}: a parser that knows no grammar. A sentence ends after a token {@code .}; its first token is the root, and every other token depends on the one
 * halfway to the first ({@code k} on {@code k / 2}, counted from the start of the sentence). Words in {@code -s} are verbs, the point is a point, all else are nouns.
 */
@ComponentName("fake")
@Doc("Invents parses")
@Source("")
public final class FakeParser implements ComponentProvider<DependencyParser, FakeParser.Config> {
    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public DependencyParser create(Config config, Parts parts) {
        return FakeParser::parse;
    }

    /** Parses without a part. */
    public static DependencyGraph parse(List<String> tokens) {
        List<Integer> heads = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        List<Integer> sentences = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (i == 0 || tokens.get(i - 1).equals(".")) {
                start = i;
                sentences.add(i);
            }
            heads.add(i == start ? -1 : start + (i - start) / 2);
            labels.add(i == start ? "root" : "dep");
        }
        return new DependencyGraph(heads, labels, tokens.stream().map(FakeParser::tag).toList(), Collections.unmodifiableList(sentences));
    }

    private static String tag(String token) {
        return token.equals(".") ? "." : token.endsWith("s") ? "VBZ" : "NN";
    }
}
