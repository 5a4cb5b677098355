package relata.runtime;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import relata.api.component.Parts;
import relata.api.corpus.Corpus;
import relata.api.corpus.Example;
import relata.api.evaluate.Predictions;
import relata.api.learn.Encoder;
import relata.api.learn.Engine;
import relata.api.learn.Objective;
import relata.api.run.StageContext;
import relata.api.view.View;

/** How good an encoder in training is on a development split, for the choice of the best epoch. */
record DevelopmentScore(Train.Best best, StageContext context, Engine engine, NDManager manager, Encoder encoder) {
    /** The name of what {@link #of} gives. */
    String name() {
        return best.episodes().isPresent() ? "few-shot-accuracy" : best.number();
    }

    /** @param head of the objective that classifies, if there is one */
    double of(Optional<Objective.Term> head) throws Exception {
        List<Example> dev = context.corpus().split(best.split());
        return best.episodes().isPresent() ? episodes(dev, best.episodes().get()) : metric(dev, head.orElseThrow(() -> new IllegalArgumentException(needsAHead(best))));
    }

    static String needsAHead(Train.Best best) {
        return "'best' needs an objective that classifies, e.g. cross-entropy; without one it can judge by few-shot episodes: best: { split: " + best.split() + ", episodes: {} }";
    }

    /** What would be wrong at the end of the first epoch, as far as it can be told before: by asking for one episode, or for the metric of the right answers. */
    static Optional<String> problem(Train.Best best, Corpus corpus, Parts parts) {
        List<Example> dev = corpus.splits().get(best.split());
        Predictions right;
        try {
            if (best.episodes().isPresent()) {
                Train.Judging judging = best.episodes().get();
                Episodes.draw(new InstancePool(dev, corpus.negative()), new Episodes.Plan(judging.ways(), judging.shots(), judging.queries(), 0), 1, 0);
                return Optional.empty();
            }
            // without answers, what a metric gives is not known yet
            if (dev.isEmpty() || dev.stream().anyMatch(e -> e.pairs().stream().anyMatch(p -> p.relations().isEmpty()))) return Optional.empty();
            List<double[]> rows = dev.stream().flatMap(e -> e.pairs().stream()).map(p -> corpus.relations().stream().mapToDouble(r -> p.relations().contains(r) ? 1 : 0).toArray()).toList();
            right = Answers.of(dev, corpus.relations(), corpus.negative(), rows);
        } catch (IllegalArgumentException e) {
            return Optional.of(Words.of(e));
        }
        // what the metric itself throws is its own fault, not one of the recipe
        Set<String> numbers = parts.create(best.metric()).of(right).keySet();
        return numbers.contains(best.number()) ? Optional.empty() : Optional.of(givesNo(best, numbers));
    }

    private static String givesNo(Train.Best best, Set<String> numbers) {
        return "metric '" + best.metric().name() + "' gives no '" + best.number() + "'; it gives: " + String.join(", ", numbers);
    }

    private double metric(List<Example> dev, Objective.Term head) throws Exception {
        List<float[]> logits = Inference.rows(engine, manager, encoder, dev.stream().map(View::of).toList(), (e, s) -> head.logits(e, s).orElseThrow(), context::checkStop);
        Predictions predictions = Answers.of(dev, context.corpus().relations(), context.corpus().negative(), logits.stream().map(Answers::softmax).toList());
        Map<String, Double> numbers = context.parts().create(best.metric()).of(predictions);
        Double number = numbers.get(best.number());
        if (number == null) throw new IllegalArgumentException(givesNo(best, numbers.keySet()));
        return number;
    }

    /** The same episodes after each epoch, and for each training with this seed. */
    private double episodes(List<Example> dev, Train.Judging judging) throws Exception {
        InstancePool pool = new InstancePool(dev, context.corpus().negative());
        Episodes.Plan plan = new Episodes.Plan(judging.ways(), judging.shots(), judging.queries(), 0);
        Episodes drawn = Episodes.draw(pool, plan, judging.count(), new Seeds(context.recipe().seed(), "few-shot").of("best " + plan));
        List<Episodes> lists = List.of(drawn);
        float[][] rows = FrozenModel.vectors(engine, manager, encoder, pool.needed(lists), context::checkStop);
        return EpisodeScores.of(drawn, pool.byInstance(lists, rows), context.parts().create(judging.classifier()), OptionalDouble.empty()).accuracy();
    }
}
