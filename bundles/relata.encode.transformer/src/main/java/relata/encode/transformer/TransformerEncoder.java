package relata.encode.transformer;

import ai.djl.ndarray.NDArray;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import relata.api.corpus.Pair;
import relata.api.learn.Collated;
import relata.api.learn.Encoder;
import relata.api.learn.Encoding;
import relata.api.learn.InferenceGraph;
import relata.api.learn.Parameters;
import relata.api.learn.Step;
import relata.api.learn.Vocabulary;
import relata.api.view.View;
import relata.weights.ModelFiles;
import relata.weights.Safetensors;
import relata.weights.Weight;
import relata.weights.Weights;

/**
 * A loaded BERT.
 *
 * <p>Fields of its batches: {@code ids} and {@code mask}, both (B, L); {@code view} (R), the view of each row; {@code positions} (T), places in
 * (B · L) whose states stand for entities, and {@code entities} (T), ascending, the entity of each; {@code head} and {@code tail} (R), the
 * entities of each row.
 */
final class TransformerEncoder implements Encoder {
    private static final Logger LOG = LoggerFactory.getLogger(TransformerEncoder.class);

    private final BertConfig config;
    private final WordPieces pieces;
    private final SubWords.Reader reader;
    private final Pool pool;
    private final Parameters parameters;
    private final List<Weight> unused;
    private final Bert bert;
    private final Optional<Vocabulary> vocabulary;

    /** @param unused weights of the checkpoint that this encoder does not need but hands on when it is saved */
    TransformerEncoder(
            BertConfig config, WordPieces pieces, SubWords.Reader reader, Pool pool, Parameters parameters, List<Weight> unused, Bert bert, Optional<Vocabulary> vocabulary) {
        this.config = config;
        this.pieces = pieces;
        this.reader = reader;
        this.pool = pool;
        this.parameters = parameters;
        this.unused = List.copyOf(unused);
        this.bert = bert;
        this.vocabulary = vocabulary;
    }

    @Override
    public int dimension() {
        return pool.dimension(config.hidden());
    }

    @Override
    public int length(View view) {
        return reader.read(view).ids().length;
    }

    @Override
    public List<String> pieces(View view) {
        return Arrays.stream(reader.read(view).ids()).mapToObj(pieces::text).toList();
    }

    @Override
    public Collated collate(List<View> views) {
        List<SubWords> read = views.stream().map(reader::read).toList();
        int b = read.size(), l = read.stream().mapToInt(r -> r.ids().length).max().orElse(0);
        long[] ids = new long[b * l], mask = new long[b * l];
        Arrays.fill(ids, pieces.pad());
        List<Long> view = new ArrayList<>(), positions = new ArrayList<>(), entities = new ArrayList<>(), head = new ArrayList<>(), tail = new ArrayList<>();
        long entity = 0;
        for (int i = 0; i < b; i++) {
            SubWords words = read.get(i);
            for (int j = 0; j < words.ids().length; j++) {
                ids[i * l + j] = words.ids()[j];
                mask[i * l + j] = 1;
            }
            Map<Integer, Long> numbers = new HashMap<>();
            for (Map.Entry<Integer, int[]> e : words.positions().entrySet()) {
                for (int position : e.getValue()) {
                    positions.add((long) i * l + position);
                    entities.add(entity);
                }
                numbers.put(e.getKey(), entity++);
            }
            for (Pair pair : views.get(i).pairs()) {
                view.add((long) i);
                head.add(numbers.get(pair.head()));
                tail.add(numbers.get(pair.tail()));
            }
        }
        Map<String, Collated.Field> fields = new HashMap<>();
        fields.put("ids", new Collated.Field(ids, b, l));
        fields.put("mask", new Collated.Field(mask, b, l));
        fields.put("view", field(view));
        fields.put("positions", field(positions));
        fields.put("entities", field(entities));
        fields.put("head", field(head));
        fields.put("tail", field(tail));
        return new Collated(views, Collated.rows(views), l, fields);
    }

    private static Collated.Field field(List<Long> values) {
        return new Collated.Field(values.stream().mapToLong(Long::longValue).toArray(), values.size());
    }

    @Override
    public Encoding encode(Collated batch, Step step) {
        NDArray states = bert.states(batch.field("ids"), batch.field("mask"), step);
        return new Encoding(RelationVectors.of(pool, bert, states, batch, step), Optional.of(states));
    }

    @Override
    public Optional<String> draw(InferenceGraph graph) {
        return Optional.of(new BertGraph(config, parameters, graph).draw(pool));
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public Optional<Vocabulary> vocabulary() {
        return vocabulary;
    }

    @Override
    public void freeze(int layers) {
        if (layers < -1 || layers > config.layers())
            throw new IllegalArgumentException("the encoder has " + config.layers() + " layers, so that 0 to " + config.layers() + " can be frozen, or -1 for all of it, but " + layers + " were asked for");
        if (layers == 0) return;
        List<String> untrained = pieces.added().values().stream().filter(reader.formatter().written()::contains).toList();
        if (!untrained.isEmpty()) LOG.warn("The model did not know {}: their embeddings are random numbers, and stay so because the embeddings are frozen", String.join(" ", untrained));
        List<String> prefixes = new ArrayList<>(List.of("embeddings."));
        for (int i = 0; i < layers; i++) prefixes.add("encoder.layer." + i + ".");
        parameters.freeze(name -> layers < 0 || prefixes.stream().anyMatch(name::startsWith));
    }

    @Override
    public void save(Path folder, Parameters extra) throws IOException {
        List<Weight> weights = new ArrayList<>(BertWeights.write(parameters));
        weights.addAll(unused);
        weights.addAll(BertWeights.write(extra));
        JsonObject json = config.json().deepCopy();
        json.addProperty("model_type", "bert");
        json.addProperty("vocab_size", parameters.get("embeddings.word_embeddings.weight").getShape().get(0));
        Files.writeString(folder.resolve("config.json"), new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create().toJson(json));
        pieces.file().write(folder, config.positions());
        Path file = folder.resolve("model.safetensors");
        Safetensors.write(file, new Weights(file.toString(), weights), Map.of());
    }

    @Override
    public void restore(Path folder, Parameters extra) throws IOException {
        if (extra.all().isEmpty()) return;
        Weights weights = ModelFiles.read(folder);
        for (Map.Entry<String, NDArray> e : extra.all().entrySet()) {
            // all of them are looked at before the first is changed
            weights.get(e.getKey(), e.getValue().getShape().getShape());
        }
        for (Map.Entry<String, NDArray> e : extra.all().entrySet()) {
            NDArray here = e.getValue();
            // not set(): DJL's way of copying makes PyTorch print a warning
            try (NDArray saved = here.getManager().create(weights.get(e.getKey()).toArray(), here.getShape())) {
                here.subi(here).addi(saved);
            }
        }
    }
}
