package relata.console.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;
import relata.api.result.Results;
import relata.api.run.RecipeException;
import relata.api.run.RunFolder;
import relata.console.rest.Refusal;
import relata.console.rest.Request;
import relata.console.rest.Resource;
import relata.console.rest.Route;
import relata.console.rest.Site;

/** How a run's models answered: figures, relations, confusion, single answers. */
@Component(service = Resource.class)
public final class JudgingResource implements Resource {
    private static final int MOST = 500;
    private static final int SCORES = 3;

    private final Site site;
    private final Answered answered;
    private final RunCorpora corpora;
    private final HeavyRequests heavy;

    /** Over the runs of a site. */
    @Activate
    public JudgingResource(@Reference Site site, @Reference Answered answered, @Reference RunCorpora corpora, @Reference HeavyRequests heavy) {
        this.site = site;
        this.answered = answered;
        this.corpora = corpora;
        this.heavy = heavy;
    }

    /**
     * An evaluation.
     *
     * @param model the stage whose model was judged
     * @param questions how many answers there are
     * @param negative the label that means <em>no relation</em>, if there is one
     * @param figures the numbers that sum it up
     */
    record Evaluation(String stage, String model, String split, int questions, Optional<String> negative, Map<String, Double> figures, List<Confusion.Relation> relations, Confusion confusion) {}

    /** The evaluations of a run. */
    record Evaluations(List<Evaluation> evaluations) {}

    /** A label and its score. */
    record Scored(String label, double score) {
        /** The highest, with their labels. */
        static List<Scored> top(List<String> labels, List<Double> scores, int most) {
            int size = Math.min(labels.size(), scores.size());
            return IntStream.range(0, size).boxed().sorted(Comparator.comparingDouble((Integer i) -> -scores.get(i))).limit(most).map(i -> new Scored(labels.get(i), scores.get(i))).toList();
        }
    }

    /**
     * An answer.
     *
     * @param gold the right labels; none if they are not known
     * @param predicted the answer
     * @param score the answer's
     * @param scores the highest
     * @param sentence what was asked about; missing if the corpus can no longer be read
     */
    record Answer(String example, int pair, List<String> gold, String predicted, boolean right, double score, List<Scored> scores, Optional<Shown> sentence) {}

    /**
     * Some answers.
     *
     * @param total how many fit the question
     * @param labels all labels, for choosing
     * @param note what is missing and why, or empty
     */
    record Page(String stage, String split, int total, List<String> labels, List<Answer> answers, String note) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/runs/{run}/evaluations", "How the models of a run answered: figures, relations one by one, confusion.", Evaluations.class, this::evaluations),
                Route.get("/runs/{run}/predictions", "Single answers, with their sentences.", Page.class, heavy.few(this::predictions))
                        .query("stage", "The evaluation; the last one if not given.").query("gold", "Only questions with this right answer.").query("predicted", "Only these answers.")
                        .query("wrong", "true: only wrong answers; false: only right ones.").query("q", "Only questions whose id or sentence holds this text.")
                        .query("order", "surest: the highest scores first; unsure: the lowest; else as in the split.")
                        .query("sentences", "false: without sentences, which spares reading the corpus.")
                        .query("limit", "How many at most, from 1 to " + MOST + "; 50 if not given.").query("offset", "How many to leave out at the beginning."));
    }

    private Evaluations evaluations(Request request) throws Refusal, IOException {
        RunFolder run = site.run(request.path("run"));
        Map<String, Map<String, Double>> figures = answered.results().figures(run.path());
        List<Evaluation> evaluations = new ArrayList<>();
        for (String stage : answered.stages(run)) {
            Answered.Evaluation e = answered.of(run, stage);
            Map<String, Double> headlines = new LinkedHashMap<>(figures.getOrDefault(stage, Map.of()));
            headlines.keySet().removeIf(name -> !Results.headline(name));
            Confusion confusion = Confusion.of(e.predictions());
            evaluations.add(new Evaluation(stage, e.model(), e.split(), e.predictions().items().size(), e.predictions().negative(), headlines, confusion.relations(e.predictions()), confusion));
        }
        return new Evaluations(evaluations);
    }

    private Page predictions(Request request) throws Refusal, IOException {
        RunFolder run = site.run(request.path("run"));
        int limit = request.number("limit", 50, 1, MOST), offset = request.number("offset", 0, 0, Integer.MAX_VALUE);
        String wrong = word(request, "wrong", List.of("true", "false")), order = word(request, "order", List.of("surest", "unsure")), text = request.query("q").strip().toLowerCase(Locale.ROOT);
        Answered.Evaluation evaluation = answered.of(run, request.query("stage"));
        Predictions all = evaluation.predictions();
        String note = "";
        Optional<RunCorpora.Known> corpus = Optional.empty();
        if (!word(request, "sentences", List.of("true", "false")).equals("false"))
            try {
                corpus = Optional.of(corpora.of(run, evaluation.stage()));
            } catch (RecipeException | IOException | RuntimeException e) {
                note = "Without sentences, because the corpus cannot be read: " + e.getMessage();
            }
        Optional<RunCorpora.Known> known = corpus;
        Stream<Prediction> fitting = all.items().stream()
                .filter(p -> request.query("gold").isEmpty() || p.gold().contains(request.query("gold")))
                .filter(p -> request.query("predicted").isEmpty() || p.label().equals(request.query("predicted")))
                .filter(p -> wrong.isEmpty() || !p.gold().isEmpty() && p.right() != Boolean.parseBoolean(wrong))
                .filter(p -> text.isEmpty() || p.example().toLowerCase(Locale.ROOT).contains(text) || known.flatMap(k -> k.shown(p.example(), p.pair())).filter(s -> holds(s, text)).isPresent());
        if (!order.isEmpty()) fitting = fitting.sorted(Comparator.comparingDouble((Prediction p) -> (order.equals("surest") ? -1 : 1) * score(all, p)));
        List<Prediction> found = fitting.toList();
        List<Answer> answers = found.stream().skip(offset).limit(limit)
                .map(p -> new Answer(p.example(), p.pair(), p.gold(), p.label(), p.right(), score(all, p), Scored.top(all.labels(), p.scores(), SCORES), known.flatMap(k -> k.shown(p.example(), p.pair()))))
                .toList();
        if (known.isPresent() && answers.stream().anyMatch(a -> a.sentence().isEmpty())) note = "The corpus is no longer what it was when the run read it: some questions are missing.";
        return new Page(evaluation.stage(), evaluation.split(), found.size(), all.labels(), answers, note);
    }

    private static boolean holds(Shown sentence, String text) {
        return String.join(" ", sentence.tokens()).toLowerCase(Locale.ROOT).contains(text);
    }

    /** The score of the answer; NaN, which JSON has no number for, if there is none. */
    private static double score(Predictions all, Prediction p) {
        int at = all.labels().indexOf(p.label());
        return at >= 0 && at < p.scores().size() ? p.scores().get(at) : Double.NaN;
    }

    /** One of some words, or nothing. */
    static String word(Request request, String name, List<String> words) throws Refusal {
        String given = request.query(name);
        if (given.isEmpty() || words.contains(given)) return given;
        throw new Refusal(400, "wrong-query", name + " was '" + given + "' but must be one of " + String.join(", ", words) + ".");
    }
}
