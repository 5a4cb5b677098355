package relata.console.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import relata.api.component.Ref;
import relata.api.corpus.Example;
import relata.api.evaluate.Predictions;
import relata.api.plugin.Leases;
import relata.api.run.RecipeException;
import relata.api.run.Workbench;
import relata.api.view.Augmenter;
import relata.api.view.DependencyGraph;
import relata.api.view.DependencyParser;
import relata.api.view.TokenGuard;
import relata.api.view.View;
import relata.console.rest.Refusal;
import relata.console.rest.Role;

/** Why a model may have answered as it did: the nearest sentences that it was trained on, the syntax between the entities, and its answers to other wordings. */
@Component(service = Explanations.class)
public final class Explanations {
    /** Pairs of the training data among which neighbours are looked for, at most. */
    static final int TRAINED = 1000;
    /** Seconds that an answer waits for them. */
    private static final long PATIENCE = 10;
    private static final long SEED = 1;
    private static final String VIEWS = "stages\\.[^.]+\\.with\\.view(s\\[\\d+\\])?";
    private static final String PATH_GUARD = "shortest-path";

    /** A training example. @param similarity cosine of the two relation vectors */
    record Neighbour(String example, String label, double similarity, Shown sentence) {}

    /**
     * A dependency parse.
     *
     * @param heads for each token the index of its head, -1 for a root
     * @param labels of the arcs to the heads
     * @param path tokens on the shortest path between the entities
     */
    record Syntax(List<Integer> heads, List<String> labels, List<String> tags, List<Integer> path) {}

    /** Another wording, and the answer to it. @param changed tokens that are replaced, moved or new */
    record Wording(String augmenter, Shown sentence, List<Integer> changed, String label, double score) {}

    /**
     * An explanation.
     *
     * @param notes what is missing, and why
     */
    record Explanation(Shown sentence, List<Neighbour> neighbours, Optional<Syntax> syntax, List<Wording> views, List<String> notes) {}

    private final ExecutorService encoder = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "relata-neighbours");
        thread.setDaemon(true);
        return thread;
    });
    private final ServedModels models;
    private final RunCorpora corpora;
    private final RunVectors vectors;
    private final Answered answered;
    private final ClientParts parts;
    private final Workbench workbench;
    private final Leases leases;

    /** With what it takes. */
    @Activate
    public Explanations(@Reference ServedModels models, @Reference RunCorpora corpora, @Reference RunVectors vectors, @Reference Answered answered, @Reference ClientParts parts, @Reference Workbench workbench, @Reference Leases leases) {
        this.models = models;
        this.corpora = corpora;
        this.vectors = vectors;
        this.answered = answered;
        this.parts = parts;
        this.workbench = workbench;
        this.leases = leases;
    }

    /** Encodes no more. */
    @Deactivate
    public void close() {
        encoder.shutdownNow();
    }

    /** Explains the answers to examples of one pair each. @param most neighbours of each */
    List<Explanation> of(ServedModels.Found model, List<Example> examples, int most) throws Refusal {
        List<String> notes = new ArrayList<>();
        List<List<Neighbour>> neighbours = neighbours(model, examples, most, notes);
        List<Optional<Syntax>> syntax = syntax(examples, notes);
        List<List<Wording>> views = views(model, examples, notes);
        return IntStream.range(0, examples.size()).mapToObj(i -> new Explanation(Shown.of(examples.get(i), 0), neighbours.get(i), syntax.get(i), views.get(i), List.copyOf(notes))).toList();
    }

    private List<List<Neighbour>> neighbours(ServedModels.Found model, List<Example> examples, int most, List<String> notes) throws Refusal {
        List<List<Neighbour>> none = examples.stream().map(e -> List.<Neighbour>of()).toList();
        if (most == 0) return none;
        String stage = model.model().stage(), split = answered.settings(model.run()).getOrDefault("stages." + stage + ".with.split", "train");
        Future<RunVectors.Encoded> encoding = encoder.submit(() -> vectors.of(model.run(), model.model(), corpora.of(model.run(), stage).corpus().split(split), split, TRAINED, SEED));
        RunVectors.Encoded trained;
        try {
            trained = encoding.get(PATIENCE, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            notes.add("Still without neighbours: the training examples are being encoded, once for each model. Ask again in a moment.");
            return none;
        } catch (ExecutionException e) {
            notes.add("Without neighbours, because the training examples cannot be encoded: " + Optional.ofNullable(e.getCause()).map(Throwable::getMessage).orElse(String.valueOf(e.getMessage())));
            return none;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return none;
        }
        List<List<Neighbour>> found = new ArrayList<>();
        for (float[] row : models.encode(model, examples).rows()) found.add(nearest(row, trained, most));
        return found;
    }

    private static List<Neighbour> nearest(float[] vector, RunVectors.Encoded trained, int most) {
        List<Neighbour> all = new ArrayList<>();
        int row = 0;
        for (Example example : trained.examples())
            for (int pair = 0; pair < example.pairs().size(); pair++)
                all.add(new Neighbour(example.id(), example.pairs().get(pair).relation().orElse(""), cosine(vector, trained.rows()[row++]), Shown.of(example, pair)));
        return all.stream().sorted(Comparator.comparingDouble((Neighbour n) -> -n.similarity())).limit(most).toList();
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0, squareA = 0, squareB = 0;
        for (int d = 0; d < a.length; d++) {
            product += a[d] * b[d];
            squareA += a[d] * a[d];
            squareB += b[d] * b[d];
        }
        return squareA == 0 || squareB == 0 ? 0 : product / Math.sqrt(squareA * squareB);
    }

    private List<Optional<Syntax>> syntax(List<Example> examples, List<String> notes) {
        List<Optional<Syntax>> none = examples.stream().map(e -> Optional.<Syntax>empty()).toList();
        Optional<Ref<DependencyParser>> parser = parts.any(DependencyParser.class);
        if (parser.isEmpty()) {
            notes.add("Without syntax, because no dependency parser is installed: the feature corenlp has one.");
            return none;
        }
        try (Leases.Lease lease = leases.take("syntax")) {
            DependencyParser made = workbench.create(parser.get());
            Optional<TokenGuard> guard = parts.has("guard", PATH_GUARD)
                    ? Optional.of(workbench.create(parts.ref(TokenGuard.class, PATH_GUARD, Map.of("parser", parts.render(parser.get())), Role.VIEWER))) : Optional.empty();
            List<Optional<Syntax>> found = new ArrayList<>();
            for (Example example : examples) {
                DependencyGraph graph = made.parse(example.passage().tokens());
                found.add(Optional.of(new Syntax(graph.heads(), graph.labels(), graph.tags(), guard.map(g -> g.guarded(example).stream().boxed().toList()).orElse(List.of()))));
            }
            return found;
        } catch (Refusal | RecipeException | RuntimeException e) {
            notes.add("Without syntax, because the parser " + parser.get().name() + " failed: " + e.getMessage());
            return none;
        }
    }

    /** Wordings by the augmenters of the model's recipe. */
    private List<List<Wording>> views(ServedModels.Found model, List<Example> examples, List<String> notes) throws Refusal {
        List<List<Wording>> found = new ArrayList<>();
        examples.forEach(e -> found.add(new ArrayList<>()));
        List<Ref<Augmenter>> augmenters = parts.named(Augmenter.class, answered.settings(model.run()), VIEWS).stream().filter(a -> !a.name().equals("identity")).limit(3).toList();
        if (augmenters.isEmpty()) notes.add("Without other wordings, because the recipe of the model names no augmenter that changes words.");
        for (Ref<Augmenter> ref : augmenters) {
            List<View> views = new ArrayList<>();
            try (Leases.Lease lease = leases.take("augmenter " + ref.name())) {
                Augmenter augmenter = workbench.create(ref);
                for (Example example : examples) views.add(augmenter.augment(example, new SplittableRandom(SEED)).get(0));
            } catch (RuntimeException e) {
                notes.add("Without wordings by " + ref.name() + ", because it failed: " + e.getMessage());
                continue;
            }
            Predictions answers = models.predict(model, views.stream().map(v -> new Example(v.source().id(), v.passage(), v.pairs())).toList());
            for (int i = 0; i < views.size(); i++) {
                View view = views.get(i);
                int at = answers.labels().indexOf(answers.items().get(i).label());
                found.get(i).add(new Wording(ref.name(), Shown.of(view.passage(), view.pairs().get(0).head(), view.pairs().get(0).tail()), view.changed().stream().boxed().toList(), answers.items().get(i).label(),
                        answers.items().get(i).scores().get(at)));
            }
        }
        return found;
    }
}
