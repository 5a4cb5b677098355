package relata.runtime;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.api.component.Parts;
import relata.api.corpus.Example;
import relata.api.evaluate.Classifier;
import relata.api.evaluate.Embeddings;
import relata.api.evaluate.Fitted;
import relata.api.evaluate.Predictions;
import relata.api.evaluate.RelationModel;
import relata.api.learn.Encoder;
import relata.api.learn.Engine;
import relata.api.run.Recipes;
import relata.api.view.View;

/** An encoder left as it is, and a classifier fitted on its vectors. The vectors are kept with the model; fitting again is part of opening. */
final class FrozenModel implements RelationModel {
    private final Engine engine;
    private final NDManager manager;
    private final Encoder encoder;
    private final Fitted fitted;
    private final ModelCard card;

    private FrozenModel(Engine engine, NDManager manager, Encoder encoder, Fitted fitted, ModelCard card) {
        this.engine = engine;
        this.manager = manager;
        this.encoder = encoder;
        this.fitted = fitted;
        this.card = card;
    }

    static RelationModel open(Engine engine, Recipes recipes, Parts parts, Path folder, ModelCard card) throws Exception {
        TrainingVectors vectors = TrainingVectors.read(folder);
        Classifier classifier = parts.create(OpenModel.cast(Classifier.class, OpenModel.parse(recipes, "classifier", card.classifier())));
        Fitted fitted = classifier.fit(new Embeddings(vectors.rows()), vectors.labels(), Seeds.generator(new Seeds(card.seed(), card.stage()).of("fit")));
        return engine.call(() -> {
            NDManager manager = engine.newManager();
            try {
                Encoder encoder = OpenModel.loader(recipes, parts, card).load(engine, manager, Optional.of(folder));
                return new FrozenModel(engine, manager, encoder, fitted, card);
            } catch (Exception | Error e) {
                manager.close();
                throw e;
            }
        });
    }

    /** Vectors of the pairs of examples. */
    static float[][] vectors(Engine engine, NDManager manager, Encoder encoder, List<Example> examples, Inference.Each each) throws Exception {
        return engine.call(() -> Inference.rows(engine, manager, encoder, examples.stream().map(View::of).toList(), (encoding, step) -> encoding.relations(), each))
                .toArray(float[][]::new);
    }

    @Override
    public List<String> labels() {
        return card.labels();
    }

    @Override
    public String engine() {
        return engine.describe();
    }

    @Override
    public Predictions predict(List<Example> examples) {
        float[][] rows = encode(examples).rows();
        // the classifier knows the labels that it saw; the others get the lowest score
        Map<String, Integer> at = new HashMap<>();
        for (int k = 0; k < fitted.labels().size(); k++) at.put(fitted.labels().get(k), k);
        List<double[]> scores = new ArrayList<>();
        for (float[] row : rows) {
            double[] own = fitted.score(row), all = new double[card.labels().size()];
            for (int k = 0; k < all.length; k++) {
                Integer i = at.get(card.labels().get(k));
                all[k] = i == null ? -1e9 : own[i];
            }
            scores.add(all);
        }
        return Answers.of(examples, card.labels(), Optional.ofNullable(card.negative()), scores);
    }

    @Override
    public Embeddings encode(List<Example> examples) {
        return OpenEncoder.vectors(engine, manager, encoder, examples);
    }

    @Override
    public void close() {
        manager.close();
    }
}
