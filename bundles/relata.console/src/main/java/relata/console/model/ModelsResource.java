package relata.console.model;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.component.Default;
import relata.api.corpus.Example;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;
import relata.console.rest.Refusal;
import relata.console.rest.Request;
import relata.console.rest.Resource;
import relata.console.rest.Role;
import relata.console.rest.Route;

/** The trained models of runs, and their answers to sentences of clients. */
@Component(service = Resource.class)
public final class ModelsResource implements Resource {
    /** Sentences of a request at most. */
    static final int MOST_SENTENCES = 256;
    /** Sentences that are explained in a request at most. */
    static final int MOST_EXPLAINED = 8;

    private final ServedModels models;
    private final Explanations explanations;
    private final Answered answered;
    private final HeavyRequests heavy;

    /** Over open models. */
    @Activate
    public ModelsResource(@Reference ServedModels models, @Reference Explanations explanations, @Reference Answered answered, @Reference HeavyRequests heavy) {
        this.models = models;
        this.explanations = explanations;
        this.answered = answered;
        this.heavy = heavy;
    }

    /**
     * A model.
     *
     * @param id the run's id and the stage's name, with a full stop between them
     * @param predicts false: an encoder alone, which has vectors but no answers
     * @param negative the label that means <em>no relation</em>, if there is one
     * @param made when
     * @param exported when it was exported as ONNX, if it was: then that answers
     * @param open true if it is in memory
     * @param engine what works out its answers, if it is open
     */
    record Model(
            String id, String run, String recipe, String stage, boolean predicts, List<String> labels, Optional<String> negative, Instant made, Optional<Instant> exported, boolean open, Optional<String> engine) {}

    /** All models. */
    record Models(List<Model> models) {}

    /**
     * Sentences to be answered.
     *
     * @param sentences 1 to {@value #MOST_SENTENCES}
     * @param top how many scores of each answer to give; 0: all
     * @param explain also neighbours, syntax and other wordings; then {@value #MOST_EXPLAINED} sentences at most
     * @param neighbours how many, if it is to be explained
     */
    record Question(List<Sentence> sentences, @Default("3") int top, @Default("false") boolean explain, @Default("5") int neighbours) {}

    /** An answer. @param scores the highest first */
    record Answer(String label, double score, List<JudgingResource.Scored> scores, Optional<Explanations.Explanation> explanation) {}

    /** Answers, in the order of the sentences. @param engine what worked them out, if it tells */
    record Answers(String model, Optional<String> engine, Optional<String> negative, List<Answer> answers) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/models", "The trained models of all runs, the latest first.", Models.class, this::list).query("predicts", "true: only those that give answers."),
                new Route("POST", "/models/{id}/predict", Role.VIEWER, "Which relation holds between the two entities of each sentence, by a trained model.", Question.class, Answers.class, heavy.many(this::predict)));
    }

    private Models list(Request request) throws Refusal, IOException {
        boolean all = !JudgingResource.word(request, "predicts", List.of("true", "false")).equals("true");
        List<Model> found = new ArrayList<>();
        for (ServedModels.Found f : models.all())
            if (all || f.model().predicts())
                found.add(new Model(f.id(), f.run().id(), answered.settings(f.run()).getOrDefault("recipe", ""), f.model().stage(), f.model().predicts(), f.model().labels(), f.model().negative(), f.model().made(), f.model().exported(), models.isOpen(f.id()),
                        Optional.of(models.engine(f.id())).filter(e -> !e.isEmpty())));
        return new Models(found);
    }

    private Answers predict(Request request) throws Exception {
        ServedModels.Found model = models.find(request.path("id"));
        Question question = request.body(Question.class);
        int most = question.explain() ? MOST_EXPLAINED : MOST_SENTENCES;
        if (question.sentences().isEmpty() || question.sentences().size() > most)
            throw new Refusal(422, "wrong-sentence", "There are " + question.sentences().size() + " sentences, but there must be 1 to " + most + (question.explain() ? " if they are to be explained." : "."));
        if (question.top() < 0 || question.neighbours() < 0 || question.neighbours() > 50) throw new Refusal(422, "wrong-body", "top must not be negative, and neighbours must be 0 to 50.");
        return question.explain() ? (Answers) heavy.few(r -> answers(model, question)).answer(request) : answers(model, question);
    }

    private Answers answers(ServedModels.Found model, Question question) throws Refusal {
        List<Example> examples = Sentences.examples(question.sentences());
        Predictions predictions = models.predict(model, examples);
        List<Explanations.Explanation> explained = question.explain() ? explanations.of(model, examples, question.neighbours()) : List.of();
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            Prediction p = predictions.items().get(i);
            List<JudgingResource.Scored> scores = JudgingResource.Scored.top(predictions.labels(), p.scores(), question.top() == 0 ? Integer.MAX_VALUE : question.top());
            answers.add(new Answer(p.label(), p.scores().get(predictions.labels().indexOf(p.label())), scores, explained.isEmpty() ? Optional.empty() : Optional.of(explained.get(i))));
        }
        return new Answers(model.id(), Optional.of(models.engine(model.id())).filter(e -> !e.isEmpty()), predictions.negative(), answers);
    }
}
