package relata.console.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.component.Default;
import relata.api.component.Ref;
import relata.api.corpus.Example;
import relata.api.plugin.Leases;
import relata.api.run.RecipeException;
import relata.api.run.Workbench;
import relata.api.view.Augmenter;
import relata.api.view.DependencyGraph;
import relata.api.view.DependencyParser;
import relata.api.view.View;
import relata.console.rest.Refusal;
import relata.console.rest.Request;
import relata.console.rest.Resource;
import relata.console.rest.Role;
import relata.console.rest.Route;

/** Single parts on a client's own sentence, as {@code relata try} shows them. */
@Component(service = Resource.class)
public final class TryResource implements Resource {
    private static final int MOST_TIMES = 20;
    private static final int MOST_VIEWS = 100;

    private final ClientParts parts;
    private final Workbench workbench;
    private final Leases leases;
    private final HeavyRequests heavy;

    /** Over the installed parts. */
    @Activate
    public TryResource(@Reference ClientParts parts, @Reference Workbench workbench, @Reference Leases leases, @Reference HeavyRequests heavy) {
        this.parts = parts;
        this.workbench = workbench;
        this.leases = leases;
        this.heavy = heavy;
    }

    /**
     * A sentence to be augmented.
     *
     * @param name the augmenter
     * @param settings path within its settings to YAML value, e.g. {@code rate} to {@code 0.3}
     * @param times how often, from 1 to 20; with the augmenter's setting {@code views}, 100 views at most
     * @param seed the same seed gives the same views
     */
    record Augmentation(String name, @Default("{}") Map<String, String> settings, Sentence sentence, @Default("5") int times, @Default("1") long seed) {}

    /**
     * A view.
     *
     * @param origin for each token the index of the original's token that it is or replaces, -1 if it is new
     * @param changed tokens that are replaced, moved or new
     * @param guarded tokens that were not to be changed
     */
    record Wording(Shown sentence, List<Integer> origin, List<Integer> changed, List<Integer> guarded) {}

    /** Views. @param guarded tokens of the original that were not to be changed: the entities, and what the guards keep */
    record Wordings(Shown original, List<Integer> guarded, List<Wording> views) {}

    /**
     * A text to be parsed.
     *
     * @param name the parser
     * @param settings path within its settings to YAML value
     * @param text plain text, if there are no tokens
     * @param tokens words, if there is no text
     */
    record Parsing(String name, @Default("{}") Map<String, String> settings, @Default("\"\"") String text, @Default("[]") List<String> tokens) {}

    /**
     * A parse.
     *
     * @param heads for each token the index of its head, -1 for a root
     * @param labels of the arcs to the heads
     * @param tags Penn part-of-speech tags
     * @param sentences index of the first token of each sentence
     */
    record Parse(List<String> tokens, List<Integer> heads, List<String> labels, List<String> tags, List<Integer> sentences) {}

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("POST", "/try/augmenter", Role.VIEWER, "The views that an augmenter makes of a sentence.", Augmentation.class, Wordings.class, heavy.few(this::augment)),
                new Route("POST", "/try/parser", Role.VIEWER, "The parse that a dependency parser makes of a text.", Parsing.class, Parse.class, heavy.few(this::parse)));
    }

    private Wordings augment(Request request) throws Exception {
        Augmentation wanted = request.body(Augmentation.class);
        if (wanted.times() < 1 || wanted.times() > MOST_TIMES) throw new Refusal(422, "wrong-body", "times was " + wanted.times() + " but must be 1 to " + MOST_TIMES + ".");
        Example example = Sentences.examples(List.of(wanted.sentence())).get(0);
        try (Leases.Lease lease = leases.take("augmenter " + wanted.name())) {
            Ref<Augmenter> ref = parts.ref(Augmenter.class, wanted.name(), wanted.settings(), request.role());
            long asked = wanted.times() * ClientParts.views(ref);
            if (asked > MOST_VIEWS)
                throw new Refusal(422, "wrong-body", "This asks for " + wanted.times() + " times " + ClientParts.views(ref) + " views, but " + MOST_VIEWS + " views are the most. Lower times, or the setting views.");
            Augmenter augmenter = workbench.create(ref);
            BitSet guarded = workbench.guards(ref).guarded(example);
            RandomGenerator random = new SplittableRandom(wanted.seed());
            List<Wording> views = new ArrayList<>();
            for (int i = 0; i < wanted.times(); i++) for (View view : augmenter.augment(example, random)) views.add(wording(view, guarded));
            return new Wordings(Shown.of(example, 0), guarded.stream().boxed().toList(), views);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new Refusal(422, "part-failed", "The augmenter '" + wanted.name() + "' does not take this: " + e.getMessage());
        }
    }

    private static Wording wording(View view, BitSet guarded) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < view.origin().size(); i++) if (view.origin().get(i) >= 0 && guarded.get(view.origin().get(i))) kept.add(i);
        return new Wording(Shown.of(view.passage(), view.pairs().get(0).head(), view.pairs().get(0).tail()), view.origin(), view.changed().stream().boxed().toList(), kept);
    }

    private Parse parse(Request request) throws Refusal, RecipeException, IOException {
        Parsing wanted = request.body(Parsing.class);
        List<String> tokens = Sentences.words(wanted.text(), wanted.tokens());
        try (Leases.Lease lease = leases.take("parser " + wanted.name())) {
            DependencyParser parser = workbench.create(parts.ref(DependencyParser.class, wanted.name(), wanted.settings(), request.role()));
            DependencyGraph graph = parser.parse(tokens);
            return new Parse(tokens, graph.heads(), graph.labels(), graph.tags(), graph.sentences());
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new Refusal(422, "part-failed", "The parser '" + wanted.name() + "' does not take this: " + e.getMessage());
        }
    }
}
