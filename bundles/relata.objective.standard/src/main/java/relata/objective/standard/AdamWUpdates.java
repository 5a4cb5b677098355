package relata.objective.standard;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import relata.api.learn.Engine;
import relata.api.learn.Optimiser;
import relata.api.learn.Parameters;

/** AdamW at work on some parameters. Its state are float32 arrays: {@code m.NAME}, {@code v.NAME}, {@code steps.NAME}, and {@code updates}. */
final class AdamWUpdates implements Optimiser.Updates {
    private final AdamW.Config config;
    private final Engine engine;
    private final long total;
    private final List<Slot> slots = new ArrayList<>();
    private final OptimiserState state;
    private final NDArray updates;

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
        this.state = new OptimiserState(engine, manager);
        this.updates = state.add("updates", new Shape());
        parameters.trainable().forEach((name, parameter) -> {
            NDArray first = state.add("m." + name, parameter.getShape());
            NDArray second = state.add("v." + name, parameter.getShape());
            NDArray steps = state.add("steps." + name, new Shape());
            slots.add(new Slot(parameter, first, second, steps, OptimiserState.decays(name)));
        });
    }

    @Override
    public Optimiser.Report apply() {
        List<NDArray> gradients = new ArrayList<>(slots.size());
        try {
            for (Slot slot : slots) gradients.add(slot.parameter.getGradient());
            double norm = engine.kernels().clip(gradients, config.clip());
            if (!Double.isFinite(norm))
                throw new ArithmeticException("the gradients have become " + norm + "; a smaller learning rate or a longer warm-up may help");
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
        return state.all();
    }

    @Override
    public void restore(Map<String, NDArray> saved) {
        state.restore(saved);
        for (Slot slot : slots) slot.begun = slot.steps.getFloat() > 0;
    }
}
