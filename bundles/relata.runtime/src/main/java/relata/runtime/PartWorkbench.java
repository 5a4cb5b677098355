package relata.runtime;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import relata.api.component.Parts;
import relata.api.component.Ref;
import relata.api.corpus.Corpus;
import relata.api.corpus.Example;
import relata.api.evaluate.Embeddings;
import relata.api.evaluate.RelationEncoder;
import relata.api.evaluate.RelationModel;
import relata.api.learn.Contrast;
import relata.api.learn.Encoder;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Engine;
import relata.api.learn.GraphEngine;
import relata.api.learn.Loss;
import relata.api.learn.Similarity;
import relata.api.plugin.Leases;
import relata.api.run.Recipe;
import relata.api.run.Recipes;
import relata.api.run.TrainedModel;
import relata.api.run.Workbench;
import relata.api.view.TokenGuard;
import relata.api.view.View;

/** Single parts on plain input. */
@Component
public final class PartWorkbench implements Workbench {
    private static final String ONNX = "onnx";
    private static final String PYTORCH = "pytorch";

    private final Engine engine;
    private final Parts parts;
    private final Recipes recipes;
    private final Leases leases;

    private final @Nullable GraphEngine graphs;

    /** @param graphs an engine for exported models, if one is installed */
    @Activate
    public PartWorkbench(
            @Reference Engine engine, @Reference Parts parts, @Reference Recipes recipes, @Reference Leases leases,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY) @Nullable GraphEngine graphs) {
        this.engine = engine;
        this.parts = parts;
        this.recipes = recipes;
        this.leases = leases;
        this.graphs = graphs;
    }

    @Override
    public LossTrial loss(Ref<?> loss, Ref<?> similarity, double[][] embeddings, int[] groups) throws Exception {
        int rows = embeddings.length;
        if (rows == 0 || groups.length != rows) throw new IllegalArgumentException("needs one group for each embedding, but has " + rows + " embeddings and " + groups.length + " groups");
        int width = embeddings[0].length;
        float[] flat = new float[rows * width];
        for (int r = 0; r < rows; r++) {
            if (embeddings[r].length != width) throw new IllegalArgumentException("embedding " + r + " has " + embeddings[r].length + " numbers, embedding 0 has " + width);
            for (int d = 0; d < width; d++) flat[r * width + d] = (float) embeddings[r][d];
        }
        float[] positive = new float[rows * rows], negative = new float[rows * rows], anchors = new float[rows];
        for (int i = 0; i < rows; i++) {
            anchors[i] = 1;
            for (int j = 0; j < rows; j++) if (i != j) (groups[i] == groups[j] ? positive : negative)[i * rows + j] = 1;
        }
        try (Leases.Lease lease = leases.take("loss " + loss.name())) {
            Loss f = parts.create(OpenModel.cast(Loss.class, loss));
            Similarity s = parts.create(OpenModel.cast(Similarity.class, similarity));
            return engine.call(() -> {
                try (NDManager manager = engine.newManager();
                        Engine.Tape tape = engine.record()) {
                    NDArray x = manager.create(flat, new Shape(rows, width));
                    x.setRequiresGradient(true);
                    Shape square = new Shape(rows, rows);
                    NDArray value = f.of(new Contrast(s.between(x, x), manager.create(positive, square), manager.create(negative, square), manager.create(anchors)));
                    double number = value.getFloat();
                    tape.backward(value);
                    try (NDArray gradient = x.getGradient()) {
                        return new LossTrial(number, Inference.matrix(gradient));
                    }
                }
            });
        }
    }

    @Override
    public Encoded encode(Ref<?> encoder, List<Example> examples) throws Exception {
        try (Leases.Lease lease = leases.take("encoder " + encoder.name())) {
            EncoderLoader loader = parts.create(OpenModel.cast(EncoderLoader.class, encoder));
            return engine.call(() -> {
                try (NDManager manager = engine.newManager()) {
                    Encoder loaded = loader.load(engine, manager, Optional.empty());
                    Embeddings vectors = new Embeddings(FrozenModel.vectors(engine, manager, loaded, examples, () -> {}));
                    return new Encoded(vectors, examples.stream().map(example -> loaded.pieces(View.of(example))).toList());
                }
            });
        }
    }

    @Override
    public RelationModel open(Path folder) throws Exception {
        return open(folder, "");
    }

    @Override
    public RelationModel open(Path folder, String with) throws Exception {
        if (!List.of("", ONNX, PYTORCH).contains(with)) throw new IOException("there is no engine '" + with + "'; there are " + ONNX + " and " + PYTORCH);
        Path model = model(folder);
        Optional<Path> exported = ExportedModel.in(model);
        if (with.equals(ONNX) && exported.isEmpty()) throw new IOException("the model in " + model + " was not exported: 'relata export' does that");
        boolean only = exported.isPresent() && exported.get().equals(model);
        if (only && with.equals(PYTORCH)) throw new IOException(model + " is an exported model, which only the engine " + ONNX + " reads");
        Leases.Lease lease = leases.take("model " + folder);
        if (exported.isPresent() && !with.equals(PYTORCH) && (graphs != null || only || with.equals(ONNX))) return Leased.model(lease, () -> exported(exported.get(), model));
        return Leased.model(lease, () -> OpenModel.open(engine, recipes, parts, model));
    }

    /** @param model the folder that it was exported from, or the same */
    private RelationModel exported(Path folder, Path model) throws Exception {
        GraphEngine known = graphs();
        try {
            return ExportedModel.open(known, recipes, parts, folder, model);
        } catch (IOException e) {
            throw new IOException(Words.of(e) + ". 'relata export' writes it anew" + (folder.equals(model) ? "" : ", and --engine " + PYTORCH + " takes the trained weights"), e);
        }
    }

    @Override
    public Exported export(Path model, Optional<Path> to, boolean int8, int compared) throws Exception {
        try (Leases.Lease lease = leases.take("export of " + model)) {
            return new ModelExport(engine, graphs(), recipes, parts).write(model(model), to, int8, compared);
        }
    }

    private GraphEngine graphs() throws IOException {
        GraphEngine known = graphs;
        if (known == null) throw new IOException("the engine for exported models is not installed; is the feature engine-onnx started?");
        return known;
    }

    @Override
    public RelationEncoder openEncoder(Path folder) throws Exception {
        return Leased.encoder(leases.take("encoder of " + folder), () -> OpenEncoder.open(engine, recipes, parts, model(folder)));
    }

    @Override
    public List<TrainedModel> models(Path run) throws IOException {
        return TrainedModels.of(run);
    }

    @Override
    public Corpus corpus(Recipe recipe, String stage) throws IOException {
        return Corpora.read(recipe, stage, parts);
    }

    @Override
    public TokenGuard guards(Ref<?> part) {
        return Guards.of(part, parts);
    }

    /** The model folder that is meant: the folder itself, its {@code model}, or the only one that predicts among the stages of a run. */
    private static Path model(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) throw new IOException("there is no model folder " + folder);
        if (Files.isRegularFile(folder.resolve(ModelCard.FILE))) return folder;
        if (Files.isRegularFile(folder.resolve("model").resolve(ModelCard.FILE))) return folder.resolve("model");
        Path stages = folder.resolve("stages");
        if (!Files.isDirectory(stages)) throw new IOException(folder + " holds no model: no " + ModelCard.FILE + ", no model/ and no stages/");
        List<Path> found;
        try (Stream<Path> list = Files.list(stages)) {
            found = list.map(s -> s.resolve("model")).filter(m -> Files.isRegularFile(m.resolve(ModelCard.FILE))).filter(PartWorkbench::predicts).sorted().toList();
        }
        if (found.size() == 1) return found.get(0);
        if (found.isEmpty()) throw new IOException(folder + " holds no trained model that predicts");
        throw new IOException(folder + " holds several models; name one of: " + String.join(", ", found.stream().map(Path::toString).toList()));
    }

    private static boolean predicts(Path model) {
        try {
            ModelCard card = ModelCard.read(model);
            return card.objective() != null || card.classifier() != null;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Speed speed(Recipe recipe, String stage, int views, int length, int warmup, int steps) throws Exception {
        try (Leases.Lease lease = leases.take("measurement of " + recipe.name())) {
            return new SpeedTrial(engine, parts, recipes, recipe, stage).run(views, length, warmup, steps);
        }
    }

    @Override
    public String gpu() {
        return engine.gpu();
    }

    @Override
    public String engine() throws Exception {
        return engine.call(engine::describe);
    }

    @Override
    public <T> T create(Ref<T> ref) {
        return parts.create(ref);
    }
}
