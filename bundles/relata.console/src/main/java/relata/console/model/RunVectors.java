package relata.console.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.corpus.Example;
import relata.api.evaluate.RelationEncoder;
import relata.api.plugin.Leases;
import relata.api.run.RunFolder;
import relata.api.run.TrainedModel;
import relata.api.run.Workbench;
import relata.console.rest.Refusal;

/**
 * Relation vectors of runs' models, made when they are asked for, one model at a time, and kept as long as there is room: also those of earlier checkpoints of a
 * stage under way, so that a map can show how it moved. Gradients are off in the thread that encodes: a training beside it comes to the same numbers.
 */
@Component(service = RunVectors.class)
public final class RunVectors {
    /** Numbers that are kept, of all vectors together: 64 MB. */
    private static final long ROOM = 16_000_000;
    private static final int SLICE = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * What was encoded.
     *
     * @param examples the chosen ones, in the order of the split
     * @param rows a vector for each pair of each example
     */
    record Encoded(List<Example> examples, float[][] rows) {
        int width() {
            return rows.length == 0 ? 0 : rows[0].length;
        }

        /** The rows one after the other, as 32-bit numbers, least byte first. */
        String base64() {
            ByteBuffer bytes = ByteBuffer.allocate(rows.length * width() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (float[] row : rows) for (float x : row) bytes.putFloat(x);
            return Base64.getEncoder().encodeToString(bytes.array());
        }
    }

    private record Key(Path stage, Instant made, Optional<Integer> epochs, String split, int limit, long seed) {
        boolean fits(Key other) {
            return stage.equals(other.stage) && split.equals(other.split) && limit == other.limit && seed == other.seed;
        }
    }

    private final Workbench workbench;
    private final Leases leases;
    private final Duration patience;
    private final ReentrantLock encoding = new ReentrantLock();
    private final Map<Key, Encoded> kept = new LinkedHashMap<>(16, 0.75f, true);

    /** With what opens models. */
    @Activate
    public RunVectors(@Reference Workbench workbench, @Reference Leases leases) {
        this(workbench, leases, PATIENCE);
    }

    /** @param patience how long is waited until others' vectors are made */
    RunVectors(Workbench workbench, Leases leases, Duration patience) {
        this.workbench = workbench;
        this.leases = leases;
        this.patience = patience;
    }

    /** Vectors of some examples of a split. @param limit pairs at most, but at least one example @param seed chooses them @throws Refusal if others' take too long */
    Encoded of(RunFolder run, TrainedModel model, List<Example> split, String name, int limit, long seed) throws Exception {
        Key key = key(run, model, name, limit, seed);
        synchronized (this) {
            Encoded known = kept.get(key);
            if (known != null) return known;
        }
        List<Example> examples = chosen(split, limit, seed);
        // one at a time: encoding uses all cores
        if (!encoding.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS))
            throw new Refusal(503, "busy", "Other vectors are being made, and were not done within " + patience.toSeconds() + " seconds. Ask again later.");
        try {
            synchronized (this) {
                Encoded known = kept.get(key);
                if (known != null) return known;
            }
            Encoded encoded = encoded(run, model, examples);
            keep(key, encoded);
            return encoded;
        } finally {
            encoding.unlock();
        }
    }

    /** The epochs of a stage under way whose vectors are kept. */
    synchronized List<Integer> epochs(RunFolder run, TrainedModel model, String split, int limit, long seed) {
        Key wanted = key(run, model, split, limit, seed);
        return kept.keySet().stream().filter(wanted::fits).flatMap(k -> k.epochs().stream()).distinct().sorted().toList();
    }

    /** Vectors of a checkpoint that was there before; empty if they are no longer kept. */
    synchronized Optional<Encoded> at(RunFolder run, TrainedModel model, int epoch, String split, int limit, long seed) {
        Key wanted = key(run, model, split, limit, seed);
        Optional<Key> found = kept.keySet().stream().filter(k -> wanted.fits(k) && k.epochs().filter(e -> e == epoch).isPresent()).reduce((a, b) -> a.made().isAfter(b.made()) ? a : b);
        return found.map(kept::get);
    }

    private static Key key(RunFolder run, TrainedModel model, String split, int limit, long seed) {
        return new Key(run.path().resolve(model.stage()), model.made(), model.epochs(), split, limit, seed);
    }

    private Encoded encoded(RunFolder run, TrainedModel model, List<Example> examples) throws Exception {
        try (Leases.Lease lease = leases.take("vectors of " + run.id()); RelationEncoder encoder = workbench.openEncoder(model.folder())) {
            List<float[]> rows = new ArrayList<>();
            for (int from = 0; from < examples.size(); from += SLICE) rows.addAll(List.of(encoder.encode(examples.subList(from, Math.min(from + SLICE, examples.size()))).rows()));
            if (model.epochs().isPresent() && !workbench.models(run.path()).contains(model)) throw new IOException("the checkpoint of stage '" + model.stage() + "' was replaced while it was read");
            return new Encoded(examples, rows.toArray(float[][]::new));
        }
    }

    private synchronized void keep(Key key, Encoded encoded) {
        kept.put(key, encoded);
        long size = kept.values().stream().mapToLong(e -> (long) e.rows().length * e.width()).sum();
        List<Key> oldest = new ArrayList<>(kept.keySet());
        for (int i = 0; size > ROOM && i < oldest.size() - 1; i++) {
            Encoded gone = kept.remove(oldest.get(i));
            if (gone != null) size -= (long) gone.rows().length * gone.width();
        }
    }

    /** Some of the examples, in their order: those of a fixed shuffle, until they have enough pairs. */
    static List<Example> chosen(List<Example> split, int limit, long seed) {
        int[] order = new int[split.size()];
        for (int i = 0; i < order.length; i++) order[i] = i;
        RandomGenerator random = new SplittableRandom(seed);
        List<Integer> places = new ArrayList<>();
        int pairs = 0;
        for (int i = 0; i < order.length && pairs < limit; i++) {
            int other = i + random.nextInt(order.length - i), place = order[other];
            order[other] = order[i];
            int more = split.get(place).pairs().size();
            if (!places.isEmpty() && pairs + more > limit) continue;
            pairs += more;
            places.add(place);
        }
        return places.stream().sorted().map(split::get).toList();
    }
}
