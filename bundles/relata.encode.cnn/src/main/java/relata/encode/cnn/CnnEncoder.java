package relata.encode.cnn;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.api.learn.Collated;
import relata.api.learn.Encoder;
import relata.api.learn.Encoding;
import relata.api.learn.Parameters;
import relata.api.learn.Step;
import relata.api.view.View;
import relata.weights.ModelFiles;
import relata.weights.Safetensors;
import relata.weights.Weight;
import relata.weights.Weights;

/**
 * A loaded network. Distances depend on the pair, so that a passage is read once for each of its pairs; it gives no token states.
 *
 * <p>Fields of its batches: {@code words}, {@code head}, {@code tail} and {@code mask} (1 at words), all (R, S), with padding at both ends
 * as far as the widest window reaches; {@code piece} (R, L), -1 at padding.
 */
final class CnnEncoder implements Encoder {
    private final Architecture architecture;
    private final Vocabulary vocabulary;
    private final Sentence.Reader reader;
    private final Parameters parameters;
    private final Convolutions convolutions;

    CnnEncoder(Architecture architecture, Vocabulary vocabulary, Sentence.Reader reader, Parameters parameters) {
        this.architecture = architecture;
        this.vocabulary = vocabulary;
        this.reader = reader;
        this.parameters = parameters;
        this.convolutions = new Convolutions(architecture, parameters);
    }

    @Override
    public int dimension() {
        return architecture.dimension();
    }

    @Override
    public int length(View view) {
        return reader.read(view).words().length;
    }

    @Override
    public List<String> pieces(View view) {
        return Arrays.stream(reader.read(view).words()).mapToObj(vocabulary.words()::get).toList();
    }

    @Override
    public Collated collate(List<View> views) {
        List<Sentence> read = views.stream().map(reader::read).toList();
        int r = read.stream().mapToInt(s -> s.rows().size()).sum(), l = read.stream().mapToInt(s -> s.words().length).max().orElse(0);
        int before = architecture.before(), s = before + l + architecture.after();
        long[] words = new long[r * s], head = new long[r * s], tail = new long[r * s], mask = new long[r * s], piece = new long[r * l];
        Arrays.fill(piece, -1);
        int row = 0;
        for (Sentence sentence : read)
            for (Sentence.Row of : sentence.rows()) {
                for (int i = 0; i < sentence.words().length; i++) {
                    int at = row * s + before + i;
                    words[at] = sentence.words()[i];
                    head[at] = of.head()[i];
                    tail[at] = of.tail()[i];
                    mask[at] = 1;
                    piece[row * l + i] = of.piece()[i];
                }
                row++;
            }
        Map<String, Collated.Field> fields = new HashMap<>();
        fields.put("words", new Collated.Field(words, r, s));
        fields.put("head", new Collated.Field(head, r, s));
        fields.put("tail", new Collated.Field(tail, r, s));
        fields.put("mask", new Collated.Field(mask, r, s));
        fields.put("piece", new Collated.Field(piece, r, l));
        return new Collated(views, Collated.rows(views), l, fields);
    }

    @Override
    public Encoding encode(Collated batch, Step step) {
        return new Encoding(convolutions.relations(batch, step), Optional.empty());
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public void freeze(int layers) {
        if (layers < -1 || layers > 1)
            throw new IllegalArgumentException("the encoder has one layer: 0 freezes nothing, 1 or -1 all of it, but " + layers + " were asked for");
        if (layers != 0) parameters.freeze(name -> true);
    }

    @Override
    public void save(Path folder, Parameters extra) throws IOException {
        architecture.write(folder);
        vocabulary.write(folder);
        List<Weight> weights = new ArrayList<>();
        for (Parameters all : List.of(parameters, extra))
            all.all().forEach((name, array) -> weights.add(Weight.of(name, Arrays.stream(array.getShape().getShape()).boxed().toList(), array.toFloatArray())));
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
