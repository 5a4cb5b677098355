package relata.objective.standard;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.api.learn.Engine;
import relata.api.learn.Optimiser;
import relata.api.learn.Parameters;

/**
 * SGD at work on some parameters. Its state are float32 arrays: {@code b.NAME} if there is momentum, {@code begun.NAME} (1 after the first
 * gradient that is not 0), and {@code updates}.
 */
final class SgdUpdates implements Optimiser.Updates {
    private final Sgd.Config config;
    private final Engine engine;
    private final long total;
    private final List<Slot> slots = new ArrayList<>();
    private final OptimiserState state;
    private final NDArray updates;

    /** A parameter with what is remembered of it. */
    private static final class Slot {
        final NDArray parameter, begunToo;
        final Optional<NDArray> direction;
        final boolean decays;
        boolean begun;

        Slot(NDArray parameter, Optional<NDArray> direction, NDArray begunToo, boolean decays) {
            this.parameter = parameter;
            this.direction = direction;
            this.begunToo = begunToo;
            this.decays = decays;
        }
    }

    SgdUpdates(Sgd.Config config, Engine engine, NDManager manager, Parameters parameters, long total) {
        this.config = config;
        this.engine = engine;
        this.total = total;
        this.state = new OptimiserState(engine, manager);
        this.updates = state.add("updates", new Shape());
        parameters.trainable().forEach((name, parameter) -> {
            Optional<NDArray> direction = config.momentum() > 0 ? Optional.of(state.add("b." + name, parameter.getShape())) : Optional.empty();
            slots.add(new Slot(parameter, direction, state.add("begun." + name, new Shape()), OptimiserState.decays(name)));
        });
    }

    @Override
    public Optimiser.Report apply() {
        List<NDArray> gradients = new ArrayList<>(slots.size());
        try {
            for (Slot slot : slots) gradients.add(slot.parameter.getGradient());
            double norm = engine.kernels().clip(gradients, config.clip());
            if (!Double.isFinite(norm)) throw new ArithmeticException("the gradients have become " + norm + "; a smaller learning rate, or clip, may help");
            updates.addi(1f);
            double rate = config.rate() * config.schedule().factor((long) updates.getFloat(), config.warmupUpdates(total), total);
            for (int i = 0; i < slots.size(); i++) {
                Slot slot = slots.get(i);
                if (slot.begun || engine.kernels().clip(gradients.subList(i, i + 1), 0) == 0) continue;
                slot.begun = true;
                slot.begunToo.addi(1f);
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
        List<NDArray> parameters = new ArrayList<>(), own = new ArrayList<>(), directions = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            if (!slot.begun || slot.decays != decays) continue;
            parameters.add(slot.parameter);
            own.add(gradients.get(i));
            slot.direction.ifPresent(directions::add);
        }
        engine.kernels().sgd(parameters, own, directions, rate, config.momentum(), decay);
    }

    @Override
    public Map<String, NDArray> state() {
        return state.all();
    }

    @Override
    public void restore(Map<String, NDArray> saved) {
        state.restore(saved);
        for (Slot slot : slots) slot.begun = slot.begunToo.getFloat() > 0;
    }
}
