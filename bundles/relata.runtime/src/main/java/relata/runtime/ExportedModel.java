package relata.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import relata.api.component.Parts;
import relata.api.corpus.Example;
import relata.api.evaluate.Embeddings;
import relata.api.evaluate.Predictions;
import relata.api.evaluate.RelationModel;
import relata.api.learn.Collated;
import relata.api.learn.GraphEngine;
import relata.api.learn.GraphInputs;
import relata.api.run.Recipes;
import relata.api.view.View;

/**
 * A model that was exported as ONNX. The engine that trains is not loaded. All work is done on the thread that calls: whoever has many questions asks from several.
 */
final class ExportedModel implements RelationModel {
    /** The file in a model folder's {@link #FOLDER}, or in a folder of its own. */
    static final String FILE = "model.onnx";
    /** Where a model folder has its exported self. */
    static final String FOLDER = "onnx";
    /** Result: probabilities, (R, K). */
    static final String SCORES = "scores";
    /** Result: relation vectors, (R, D). */
    static final String VECTORS = "vectors";
    /** Property of the file: {@code true} if it is in 8 bits. */
    static final String INT8 = "int8";

    private static final int BATCH = 32;

    private final GraphEngine.Runner runner;
    private final GraphInputs inputs;
    private final ModelCard card;
    private final String engine;

    private ExportedModel(GraphEngine.Runner runner, GraphInputs inputs, ModelCard card, String engine) {
        this.runner = runner;
        this.inputs = inputs;
        this.card = card;
        this.engine = engine;
    }

    /** The folder of the exported model, if there is one: this one, or the one within. @param folder a model folder */
    static Optional<Path> in(Path folder) {
        if (Files.isRegularFile(folder.resolve(FILE))) return Optional.of(folder);
        return Optional.of(folder.resolve(FOLDER)).filter(f -> Files.isRegularFile(f.resolve(FILE)));
    }

    /** When a model was exported into its own folder, if it was. */
    static Optional<Instant> made(Path folder) throws IOException {
        Path file = folder.resolve(FOLDER).resolve(FILE);
        return Files.isRegularFile(file) ? Optional.of(Files.getLastModifiedTime(file).toInstant()) : Optional.empty();
    }

    /**
     * Opens {@code folder}, which has {@value #FILE}, {@code relata.json} and the tokenizer.
     *
     * @param model the folder of the model that it was exported from, or the same folder, if only that is there
     * @throws IOException if it is damaged, or of another model than its card or the model's folder says
     */
    static ExportedModel open(GraphEngine engine, Recipes recipes, Parts parts, Path folder, Path model) throws Exception {
        ModelCard card = ModelCard.read(folder);
        if (!folder.equals(model) && !card.equals(ModelCard.read(model))) throw new IOException(folder + " was exported from another model than the one in " + model);
        GraphInputs inputs = OpenModel.loader(recipes, parts, card).inputs(folder).orElseThrow(() -> new IOException(folder + ": the encoder " + card.encoder() + " reads no exported models"));
        try {
            GraphEngine.Runner runner = engine.open(folder.resolve(FILE));
            try {
                checkOrigin(folder, runner.properties(), card, model);
                boolean int8 = Boolean.parseBoolean(runner.properties().get(INT8));
                return new ExportedModel(runner, inputs, card, engine.describe() + (int8 ? ", 8 bits" : ""));
            } catch (IOException | RuntimeException e) {
                runner.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            inputs.close();
            throw e;
        }
    }

    /** That a file is of the model that it is taken for: its labels would be read wrongly, or its answers be those of other weights. */
    private static void checkOrigin(Path folder, Map<String, String> said, ModelCard card, Path model) throws IOException {
        for (Map.Entry<String, String> each : ModelDescription.properties(card).entrySet())
            if (!each.getValue().equals(said.get(each.getKey())))
                throw new IOException(folder.resolve(FILE) + " is of another model than " + ModelCard.FILE + " beside it: its '" + each.getKey() + "' is " + said.get(each.getKey()) + ", not " + each.getValue());
        String weights = said.get(ModelDescription.WEIGHTS);
        // without weights beside it, an exported model is all there is
        if (weights != null && !weights.equals(Fingerprint.of(model).orElse(weights))) throw new IOException(folder + " was exported from other weights than those that are in " + model + " now");
    }

    @Override
    public List<String> labels() {
        return card.labels();
    }

    @Override
    public String engine() {
        return engine;
    }

    @Override
    public boolean concurrent() {
        return true;
    }

    @Override
    public Predictions predict(List<Example> examples) {
        List<double[]> scores = rows(examples, SCORES).stream().map(row -> IntStream.range(0, row.length).mapToDouble(k -> row[k]).toArray()).toList();
        return Answers.of(examples, card.labels(), Optional.ofNullable(card.negative()), scores);
    }

    @Override
    public Embeddings encode(List<Example> examples) {
        return new Embeddings(rows(examples, VECTORS).toArray(float[][]::new));
    }

    /** What the graph is given for an example. */
    Map<String, Collated.Field> numbers(Example example) {
        return inputs.of(List.of(View.of(example)));
    }

    /** One row for each pair of each example, in order. */
    private List<float[]> rows(List<Example> examples, String output) {
        List<View> views = examples.stream().map(View::of).toList();
        int[] lengths = views.stream().mapToInt(inputs::length).toArray();
        List<Integer> order = IntStream.range(0, views.size()).boxed().sorted(Comparator.comparingInt((Integer i) -> lengths[i]).thenComparing(i -> i)).toList();
        float[][][] found = new float[views.size()][][];
        for (int from = 0; from < order.size(); from += BATCH) {
            List<Integer> chosen = order.subList(from, Math.min(from + BATCH, order.size()));
            float[][] rows = runner.run(inputs.of(chosen.stream().map(views::get).toList()), output);
            int row = 0;
            for (int i : chosen) {
                found[i] = new float[views.get(i).pairs().size()][];
                for (int pair = 0; pair < found[i].length; pair++) found[i][pair] = rows[row++];
            }
        }
        List<float[]> all = new ArrayList<>();
        for (float[][] rows : found) all.addAll(List.of(rows));
        return all;
    }

    @Override
    public void close() {
        try {
            runner.close();
        } finally {
            inputs.close();
        }
    }
}
