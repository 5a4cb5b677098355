package relata.console.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.corpus.Example;
import relata.api.evaluate.Prediction;
import relata.api.run.RunFolder;
import relata.api.run.TrainedModel;
import relata.api.run.Workbench;
import relata.console.rest.Refusal;
import relata.console.rest.Request;
import relata.console.rest.Resource;
import relata.console.rest.Route;
import relata.console.rest.Site;

/** Vectors of a run's models, for maps. */
@Component(service = Resource.class)
public final class VectorsResource implements Resource {
    private static final int MOST = 2000;
    /** They are made one after the other, and wait up to a minute for it. */
    private static final int MOST_AT_ONCE = 4;
    private static final List<String> USUAL = List.of("test", "dev", "train");

    private final Site site;
    private final Workbench workbench;
    private final Answered answered;
    private final RunCorpora corpora;
    private final RunVectors vectors;
    private final HeavyRequests heavy;

    /** Over the runs of a site. */
    @Activate
    public VectorsResource(@Reference Site site, @Reference Workbench workbench, @Reference Answered answered, @Reference RunCorpora corpora, @Reference RunVectors vectors, @Reference HeavyRequests heavy) {
        this.site = site;
        this.workbench = workbench;
        this.answered = answered;
        this.corpora = corpora;
        this.vectors = vectors;
        this.heavy = heavy;
    }

    /**
     * Vectors, one for each pair of the chosen examples.
     *
     * @param stages the stages that have a model or a checkpoint
     * @param splits the splits of the stage's corpus
     * @param epochs of a stage under way: how many epochs were done at the checkpoint
     * @param kept the epochs whose vectors can be asked for again
     * @param total examples of the split
     * @param width numbers of a vector
     * @param ids example and pair, with # between them
     * @param labels the right answers; empty where they are not known; of several, the first
     * @param predicted the answers of the model, if it was judged on the split
     * @param right whether these answers are right; of several right ones, any is
     * @param texts the words, with spaces between them
     * @param sentences the words and the two entities
     * @param vectors all numbers, in base 64: 32-bit floating point, least byte first, one vector after the other
     */
    record Vectors(
            String stage, List<String> stages, String split, Set<String> splits, Optional<Integer> epochs, List<Integer> kept, int total, int width, List<String> ids, List<String> labels,
            List<String> predicted, List<Boolean> right, List<String> texts, List<Shown> sentences, String vectors) {}

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/runs/{run}/vectors", "Relation vectors of a model of a run; of a stage that trains, those of its last checkpoint.", Vectors.class, heavy.few(MOST_AT_ONCE, this::vectors))
                .query("stage", "The stage whose model encodes; the last that has one if not given.").query("split", "What is encoded; test, else dev, else train, if not given.")
                .query("limit", "Pairs at most, from 1 to " + MOST + "; 500 if not given.").query("seed", "Chooses the examples; 1 if not given.")
                .query("epoch", "Of a stage that trains: the vectors after this many epochs, if they were asked for then."));
    }

    /** A checkpoint may be replaced by the next one while it is read: then that one is taken. */
    private Vectors vectors(Request request) throws Exception {
        for (int more = 2; ; more--) {
            try {
                return once(request);
            } catch (IOException e) {
                boolean trains = models(site.run(request.path("run"))).stream().anyMatch(m -> m.epochs().isPresent());
                if (more == 0 || !trains) throw e;
            }
        }
    }

    private Vectors once(Request request) throws Exception {
        RunFolder run = site.run(request.path("run"));
        int limit = request.number("limit", 500, 1, MOST), seed = request.number("seed", 1, 0, Integer.MAX_VALUE), epoch = request.number("epoch", -1, 0, Integer.MAX_VALUE);
        List<TrainedModel> models = models(run);
        TrainedModel model = chosen(run, models, request.query("stage"));
        Map<String, List<Example>> splits = corpora.of(run, model.stage()).corpus().splits();
        String split = split(request.query("split"), splits);
        RunVectors.Encoded encoded = epoch < 0 || model.epochs().filter(e -> e == epoch).isPresent()
                ? vectors.of(run, model, splits.getOrDefault(split, List.of()), split, limit, seed)
                : vectors.at(run, model, epoch, split, limit, seed).orElseThrow(() -> new Refusal(404, "no-such-epoch", "The vectors after epoch " + epoch + " are not kept: they are made when they are asked for, of the last checkpoint.",
                        vectors.epochs(run, model, split, limit, seed).stream().map(e -> "Those after epoch " + e + " are.").toList()));
        Map<String, Prediction> answers = new HashMap<>();
        if (epoch < 0) answered.of(run, model.stage(), split).ifPresent(e -> e.predictions().items().forEach(p -> answers.put(id(p.example(), p.pair()), p)));
        List<String> ids = new ArrayList<>(), labels = new ArrayList<>(), predicted = new ArrayList<>(), texts = new ArrayList<>();
        List<Boolean> right = new ArrayList<>();
        List<Shown> sentences = new ArrayList<>();
        for (Example example : encoded.examples())
            for (int pair = 0; pair < example.pairs().size(); pair++) {
                ids.add(id(example.id(), pair));
                labels.add(example.pairs().get(pair).relation().orElse(""));
                Optional<Prediction> answer = Optional.ofNullable(answers.get(id(example.id(), pair)));
                predicted.add(answer.map(Prediction::label).orElse(""));
                right.add(answer.filter(Prediction::right).isPresent());
                texts.add(example.passage().text());
                sentences.add(Shown.of(example, pair));
            }
        return new Vectors(
                model.stage(), models.stream().map(TrainedModel::stage).toList(), split, splits.keySet(), epoch < 0 ? model.epochs() : Optional.of(epoch), vectors.epochs(run, model, split, limit, seed),
                splits.getOrDefault(split, List.of()).size(), encoded.width(), ids, labels, answers.isEmpty() ? List.of() : predicted, answers.isEmpty() ? List.of() : right, texts, sentences, encoded.base64());
    }

    private static String id(String example, int pair) {
        return example + "#" + pair;
    }

    /** In the order of the recipe. */
    private List<TrainedModel> models(RunFolder run) throws Exception {
        List<String> order = answered.results().stages(run.path());
        return workbench.models(run.path()).stream().sorted(Comparator.comparingInt(m -> order.indexOf(m.stage()))).toList();
    }

    private static TrainedModel chosen(RunFolder run, List<TrainedModel> models, String stage) throws Refusal {
        if (models.isEmpty()) throw new Refusal(404, "no-model", "The run " + run.id() + " has no model yet: a stage that trains writes one at the end of each epoch.");
        if (stage.isEmpty()) return models.get(models.size() - 1);
        return models.stream().filter(m -> m.stage().equals(stage)).findFirst()
                .orElseThrow(() -> new Refusal(404, "no-model", "The stage '" + stage + "' of " + run.id() + " has no model.", models.stream().map(m -> m.stage() + " has one.").toList()));
    }

    private static String split(String asked, Map<String, List<Example>> splits) throws Refusal {
        if (asked.isEmpty()) return USUAL.stream().filter(splits::containsKey).findFirst().orElseGet(() -> splits.keySet().iterator().next());
        if (!splits.containsKey(asked)) throw new Refusal(404, "no-such-split", "The corpus has no split '" + asked + "'. It has: " + String.join(", ", splits.keySet()) + ".");
        return asked;
    }
}
