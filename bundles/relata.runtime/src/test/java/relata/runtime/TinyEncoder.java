package relata.runtime;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.Dropout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import relata.api.learn.Allocator;
import relata.api.learn.Collated;
import relata.api.learn.Encoder;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Encoding;
import relata.api.learn.Engine;
import relata.api.learn.Parameters;
import relata.api.learn.Step;
import relata.api.view.View;

/** A real encoder of 32 hashed word vectors: the mean over a view's words, with dropout. */
final class TinyEncoder implements Encoder {
    static final EncoderLoader LOADER = TinyEncoder::new;
    private static final int WORDS = 32, WIDTH = 6;

    private final Parameters parameters = new Parameters();

    TinyEncoder(Engine engine, NDManager manager, Optional<Path> from) throws IOException {
        parameters.add("words", new Allocator(manager, new SplittableRandom(3)).normal(0.5, WORDS, WIDTH));
        if (from.isPresent()) restore(from.get(), parameters);
    }

    @Override
    public int dimension() {
        return WIDTH;
    }

    @Override
    public int length(View view) {
        return view.passage().tokens().size();
    }

    @Override
    public Collated collate(List<View> views) {
        long[] counts = new long[views.size() * WORDS];
        for (int v = 0; v < views.size(); v++)
            for (String token : views.get(v).passage().tokens()) counts[v * WORDS + Math.floorMod(token.hashCode(), WORDS)]++;
        return new Collated(views, Collated.rows(views), WORDS, Map.of("counts", new Collated.Field(counts, views.size(), WORDS)));
    }

    @Override
    public Encoding encode(Collated batch, Step step) {
        Collated.Field field = batch.field("counts");
        float[] counts = new float[field.values().length];
        for (int i = 0; i < counts.length; i++) counts[i] = field.values()[i];
        NDArray mean = step.manager().create(counts, new Shape(field.shape())).matMul(parameters.get("words"));
        return new Encoding(Dropout.dropout(mean, 0.3f, step.training()).singletonOrThrow(), Optional.empty());
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public void freeze(int layers) {
        if (layers != 0) parameters.freeze(name -> true);
    }

    @Override
    public void save(Path folder, Parameters extra) throws IOException {
        Map<String, NDArray> all = new LinkedHashMap<>(parameters.all());
        all.putAll(extra.all());
        StateFile.write(folder.resolve("weights.bin"), all);
        Files.writeString(folder.resolve("names.txt"), String.join("\n", new ArrayList<>(all.keySet())));
    }

    @Override
    public void restore(Path folder, Parameters extra) throws IOException {
        if (extra.all().isEmpty()) return;
        try (NDManager manager = parameters.get("words").getManager().newSubManager()) {
            Map<String, NDArray> saved = StateFile.read(folder.resolve("weights.bin"), manager);
            extra.all().forEach((name, array) -> array.set(saved.get(name).toByteBuffer()));
        }
    }
}
