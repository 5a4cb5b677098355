package relata.objective.standard;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import relata.api.learn.Engine;
import relata.api.learn.Optimiser;
import relata.api.learn.Parameters;

/** AdamW at work on some parameters. Its state are float32 arrays: {@code m.NAME}, {@code v.NAME}, {@code steps.NAME}, and {@code updates}. */
final class AdamWUpdates implements Optimiser.Updates {
    private static final String UPDATES = "updates";

    private final AdamW.Config config;
    private final Engine engine;
    private final long total;
    private final List<Slot> slots = new ArrayList<>();
    private final Map<String, NDArray> state = new LinkedHashMap<>();

    /** A parameter with what is remembered of it. */
    private static final class Slot {
        final NDArray parameter, first, second, steps;
        final boolean decays;
        boolean begun;

        Slot(NDArray parameter, NDArray first, NDArray second, NDArray steps, boolean decays) {
            this.parameter = parameter;
            this.first = first;
            this.second = second;
            this.steps = steps;
            this.decays = decays;
        }
    }

    AdamWUpdates(AdamW.Config config, Engine engine, NDManager manager, Parameters parameters, long total) {
        this.config = config;
        this.engine = engine;
        this.total = total;
        state.put(UPDATES, manager.zeros(new Shape(), DataType.FLOAT32));
        parameters.trainable().forEach((name, parameter) -> {
            NDArray first = remember(manager, "m." + name, parameter.getShape());
            NDArray second = remember(manager, "v." + name, parameter.getShape());
            NDArray steps = remember(manager, "steps." + name, new Shape());
            slots.add(new Slot(parameter, first, second, steps, decays(name)));
        });
    }

    private NDArray remember(NDManager manager, String name, Shape shape) {
        NDArray array = manager.zeros(shape, DataType.FLOAT32);
        state.put(name, array);
        return array;
    }

    /** False for biases and layer normalisations, by the names that Hugging Face models give them. */
    static boolean decays(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !(lower.equals("bias") || lower.endsWith(".bias") || lower.contains("layernorm") || lower.contains("layer_norm"));
    }

    @Override
    public Optimiser.Report apply() {
        List<NDArray> gradients = new ArrayList<>(slots.size());
        try {
            for (Slot slot : slots) gradients.add(slot.parameter.getGradient());
            double norm = engine.kernels().clip(gradients, config.clip());
            if (!Double.isFinite(norm))
                throw new ArithmeticException("the gradients have become " + norm + "; a smaller learning rate or a longer warm-up may help");
            NDArray updates = state.get(UPDATES);
            updates.addi(1f);
            long update = (long) updates.getFloat();
            double rate = config.rate() * config.schedule().factor(update, config.warmupUpdates(total), total);
            for (int i = 0; i < slots.size(); i++) {
                Slot slot = slots.get(i);
                if (!slot.begun) slot.begun = engine.kernels().clip(gradients.subList(i, i + 1), 0) > 0;
            }
            update(true, config.decay(), rate, gradients);
            update(false, 0, rate, gradients);
            engine.kernels().zero(gradients);
            return new Optimiser.Report(rate, norm);
        } finally {
            // each is a new handle that its parameter's manager would keep
            gradients.forEach(NDArray::close);
        }
    }

    private void update(boolean decays, double decay, double rate, List<NDArray> gradients) {
        List<NDArray> parameters = new ArrayList<>(), own = new ArrayList<>(), first = new ArrayList<>(), second = new ArrayList<>(), steps = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            if (!slot.begun || slot.decays != decays) continue;
            parameters.add(slot.parameter);
            own.add(gradients.get(i));
            first.add(slot.first);
            second.add(slot.second);
            steps.add(slot.steps);
        }
        engine.kernels().adamw(parameters, own, first, second, steps, rate, config.beta1(), config.beta2(), config.epsilon(), decay, config.biasCorrection());
    }

    @Override
    public Map<String, NDArray> state() {
        return Collections.unmodifiableMap(state);
    }

    @Override
    public void restore(Map<String, NDArray> saved) {
        // all is checked before anything changes
        state.forEach((name, own) -> {
            NDArray other = saved.get(name);
            if (other == null) throw new IllegalArgumentException("the saved optimiser has no '" + name + "'; it holds: " + saved.keySet());
            if (!other.getShape().equals(own.getShape()))
                throw new IllegalArgumentException("'" + name + "' of the saved optimiser has shape " + other.getShape() + " but must have " + own.getShape());
        });
        // not copyTo: DJL's way of copying makes PyTorch print a warning
        engine.kernels().zero(List.copyOf(state.values()));
        state.forEach((name, own) -> own.addi(saved.get(name)));
        for (Slot slot : slots) slot.begun = slot.steps.getFloat() > 0;
    }
}
