package relata.runtime;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import relata.api.component.Parts;
import relata.api.component.Ref;
import relata.api.corpus.Example;
import relata.api.evaluate.Embeddings;
import relata.api.evaluate.Predictions;
import relata.api.evaluate.RelationModel;
import relata.api.learn.Allocator;
import relata.api.learn.Encoder;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Engine;
import relata.api.learn.InferenceGraph;
import relata.api.learn.Objective;
import relata.api.run.RecipeException;
import relata.api.run.Recipes;
import relata.api.view.View;

/** A model folder in memory: encoder and classification head. */
final class OpenModel implements RelationModel {
    private final Engine engine;
    private final NDManager manager;
    private final Encoder encoder;
    private final Objective.Term head;
    private final ModelCard card;

    private OpenModel(Engine engine, NDManager manager, Encoder encoder, Objective.Term head, ModelCard card) {
        this.engine = engine;
        this.manager = manager;
        this.encoder = encoder;
        this.head = head;
        this.card = card;
    }

    /** Opens {@code folder}, which has {@code relata.json}, weights and tokeniser. */
    static RelationModel open(Engine engine, Recipes recipes, Parts parts, Path folder) throws Exception {
        ModelCard card = ModelCard.read(folder);
        if (card.classifier() != null) return FrozenModel.open(engine, recipes, parts, folder, card);
        if (card.objective() == null)
            throw new IllegalArgumentException(folder + " holds an encoder without a classification head (made by stage '" + card.stage() + "'): it cannot predict");
        return engine.call(() -> {
            NDManager manager = engine.newManager();
            try {
                Encoder encoder = loader(recipes, parts, card).load(engine, manager, Optional.of(folder));
                Objective objective = parts.create(cast(Objective.class, parse(recipes, "objective", card.objective())));
                Objective.Setting setting = new Objective.Setting(
                        engine, new Allocator(manager, Seeds.generator(0)), encoder.dimension(), card.labels(), Optional.ofNullable(card.negative()), encoder.vocabulary());
                Objective.Term head = objective.open(setting);
                encoder.restore(folder, head.parameters());
                return new OpenModel(engine, manager, encoder, head, card);
            } catch (Exception | Error e) {
                manager.close();
                throw e;
            }
        });
    }

    /**
     * Writes down what it does.
     *
     * @throws IllegalArgumentException if its encoder or its head cannot be written as ONNX; the message says what can
     */
    void draw(InferenceGraph graph) {
        String relations = encoder.draw(graph).orElseThrow(() -> cannot("encoder", card.encoder()));
        String logits = head.draw(graph, relations).orElseThrow(() -> cannot("objective", String.valueOf(card.objective())));
        graph.output(ExportedModel.SCORES, "probabilities of the labels, in their order: softmax of the classifier's logits", graph.apply("Softmax", Map.of("axis", -1L), logits), "R", "K");
        graph.output(ExportedModel.VECTORS, "relation vectors, what the classifier is applied to", relations, "R", "D");
    }

    private static IllegalArgumentException cannot(String kind, String rendered) {
        return new IllegalArgumentException("the " + kind + " " + rendered + " cannot be written as ONNX. What can: the encoder 'transformer' in all its formats and pools, with a classifier of the objective 'cross-entropy'");
    }

    static EncoderLoader loader(Recipes recipes, Parts parts, ModelCard card) throws RecipeException {
        return parts.create(cast(EncoderLoader.class, parse(recipes, "encoder", card.encoder())));
    }

    static Ref<?> parse(Recipes recipes, String kind, @Nullable String rendered) throws RecipeException {
        return recipes.parse(kind, String.valueOf(rendered));
    }

    /** A reference of unknown kind as one of a known kind. */
    static <T> Ref<T> cast(Class<T> kind, Ref<?> ref) {
        if (ref.kind() != kind) throw new IllegalArgumentException("'" + ref.name() + "' is a " + ref.kind().getSimpleName() + ", not a " + kind.getSimpleName());
        return new Ref<>(kind, ref.name(), ref.config());
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
        try {
            List<float[]> logits = engine.call(() -> Inference.rows(
                    engine, manager, encoder, examples.stream().map(View::of).toList(), (encoding, step) -> head.logits(encoding, step).orElseThrow(), () -> {}));
            return Answers.of(examples, card.labels(), Optional.ofNullable(card.negative()), logits.stream().map(Answers::softmax).toList());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
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
