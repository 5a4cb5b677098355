package relata.api.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import relata.api.component.Ref;
import relata.api.corpus.Corpus;
import relata.api.corpus.Example;
import relata.api.evaluate.Embeddings;
import relata.api.evaluate.RelationEncoder;
import relata.api.evaluate.RelationModel;
import relata.api.view.TokenGuard;

/**
 * Single parts on your own input, and trained models: what needs tensors inside but none outside. A service of the platform.
 *
 * <p>What a method does, and a model until it is closed, it does with the plug-ins that were there when it began. Whoever reads a reference and makes a part of it keeps
 * a {@link relata.api.plugin.Leases.Lease} from before the one until the part is not needed any more; a {@link Command} has one while it runs.
 */
@ProviderType
public interface Workbench {
    /** Value and gradient of a loss. @param gradient (R, P), of the value by each number of the embeddings */
    record LossTrial(double value, float[][] gradient) {}

    /**
     * A loss on vectors in groups: rows of one group attract each other, rows of different groups repel each other.
     *
     * @param loss a reference of kind {@code loss}
     * @param similarity a reference of kind {@code similarity}
     * @param embeddings (R, P)
     * @param groups R group numbers
     */
    LossTrial loss(Ref<?> loss, Ref<?> similarity, double[][] embeddings, int[] groups) throws Exception;

    /**
     * Encoded examples.
     *
     * @param vectors relation vectors, one row for each pair of each example
     * @param pieces what the model saw of each example, token by token; empty lists if the encoder does not tell
     */
    record Encoded(Embeddings vectors, List<List<String>> pieces) {
        public Encoded {
            pieces = pieces.stream().map(List::copyOf).toList();
        }
    }

    /** Encodes examples. @param encoder a reference of kind {@code encoder} */
    Encoded encode(Ref<?> encoder, List<Example> examples) throws Exception;

    /** Opens a trained model: the folder of a stage that produces a {@code model}, or a run folder with one. */
    RelationModel open(Path folder) throws Exception;

    /**
     * Opens a trained model with a certain engine.
     *
     * @param engine {@code onnx}: as it was exported; {@code pytorch}: by the engine that trains; empty: as it was exported, if it was, as {@link #open(Path)} does
     * @throws IOException if it was not exported or its engine is not installed, or there is no such engine
     */
    default RelationModel open(Path folder, String engine) throws Exception {
        if (engine.isEmpty()) return open(folder);
        throw new UnsupportedOperationException("this workbench has no engines to choose from");
    }

    /**
     * Writes a trained model as ONNX, with all that is needed to use it, and compares its answers with those of the engine that trained it.
     *
     * @param model as {@link #open} takes it
     * @param to what to write: a new folder or one that an earlier export wrote, or a file ending in {@code .onnx}; empty: into the model's own folder, from where
     *         {@link #open} takes it from now on
     * @param int8 whether weights are kept in 8 bits
     * @param compared how many examples to compare: of the split that the run's evaluation of the model is about, or of its corpus's {@code test}; made-up ones if
     *         neither can be read
     * @throws IOException if it cannot be written down as ONNX, or the answers differ too much; nothing is left behind then
     */
    default Exported export(Path model, Optional<Path> to, boolean int8, int compared) throws Exception {
        throw new UnsupportedOperationException("this workbench exports no models");
    }

    /**
     * An exported model.
     *
     * @param file the ONNX file
     * @param bytes its size
     * @param examples where the examples came from that were compared, for people
     * @param questions that were compared
     * @param difference the largest difference of a score
     * @param agreement share of equal answers
     * @param before F1 of the engine's answers to these examples, by name; empty if the examples have no gold relations
     * @param after the same of the exported model's answers
     */
    record Exported(Path file, long bytes, String examples, int questions, double difference, double agreement, Map<String, Double> before, Map<String, Double> after) {}

    /** Opens the encoder of a trained model, without what was trained on top of it. @param folder a model folder, the folder of a stage or that of a run with one model */
    default RelationEncoder openEncoder(Path folder) throws Exception {
        throw new UnsupportedOperationException("this workbench opens no encoders");
    }

    /** The models that a run has made so far, sorted by stage. @param run its folder */
    default List<TrainedModel> models(Path run) throws IOException {
        return List.of();
    }

    /** Reads the corpus of a stage: its own, if its settings name one (see {@link Stage}), else the recipe's. */
    default Corpus corpus(Recipe recipe, String stage) throws IOException {
        return create(recipe.corpus()).read();
    }

    /** What an augmenter leaves alone: the tokens of the entities, and those of all guards among its settings. @param part a reference of any kind */
    default TokenGuard guards(Ref<?> part) {
        throw new UnsupportedOperationException("this workbench makes no guards");
    }

    /**
     * How fast a training stage is.
     *
     * @param seconds wall time of each measured step: forward, backward, update
     * @param views views in a step
     * @param length sub-words of each view
     * @param resident resident memory of the process in bytes, after each measured step; empty where the system does not tell
     * @param peak largest resident memory of the process so far in bytes; 0 where the system does not tell
     */
    record Speed(List<Double> seconds, int views, int length, List<Long> resident, long peak) {
        public Speed {
            seconds = List.copyOf(seconds);
            resident = List.copyOf(resident);
        }
    }

    /**
     * Measures a training stage of a recipe on made-up sentences: its encoder, objectives and optimiser, with the sentences as they are for views.
     *
     * @param recipe the recipe
     * @param stage one of its training stages
     * @param views views in a step; even
     * @param length sub-words of each view
     * @param warmup steps before the first that counts
     * @param steps steps that count
     */
    Speed speed(Recipe recipe, String stage, int views, int length, int warmup, int steps) throws Exception;

    /** Whether a GPU is or could be used by the engine, and if not, what is missing; for people. Loads nothing. */
    default String gpu() {
        return "not looked for";
    }

    /** A short text about engine and device, e.g. {@code PyTorch 2.7.1, cpu, 2 threads}. Loads the engine. */
    String engine() throws Exception;

    /** Makes a single part, as long as the plug-in is there that its reference was read for. */
    <T> T create(Ref<T> ref);
}
