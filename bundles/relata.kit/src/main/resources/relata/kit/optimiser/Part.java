package {{package}};

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.learn.Engine;
import relata.api.learn.Optimiser;
import relata.api.learn.Parameters;

/**
 * Lion (Chen et al. 2023, algorithm 2) without weight decay: with gradient g and momentum m, p ← p - rate · sign(β₁ m + (1 - β₁) g), then
 * m ← β₂ m + (1 - β₂) g. Every number of a parameter moves by the same length.
 */
@Component(service = ComponentProvider.class)
@ComponentName("{{name}}")
@Doc("Goes against the sign of a gradient that is smoothed over updates.")
@Source("Chen et al. 2023, Symbolic Discovery of Optimization Algorithms, algorithm 2")
public final class {{class}} implements ComponentProvider<Optimiser, {{class}}.Config> {
    /** Settings. */
    public record Config(
            @Doc("Learning rate: how far each number moves.") @Default("1e-4") @Range("(0, inf)") double rate,
            @Doc("β₁: share of the momentum in the direction.") @Default("0.9") @Range("[0, 1)") double beta1,
            @Doc("β₂: share of the momentum that is kept.") @Default("0.99") @Range("[0, 1)") double beta2) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Optimiser create(Config config, Parts parts) {
        return (engine, manager, parameters, steps) -> new Lion(config, engine, manager, parameters);
    }

    /** At work. Its state are the momenta, by the parameters' names. */
    private static final class Lion implements Optimiser.Updates {
        private final Config config;
        private final Engine engine;
        private final Map<String, NDArray> parameters;
        private final Map<String, NDArray> momenta = new LinkedHashMap<>();

        Lion(Config config, Engine engine, NDManager manager, Parameters parameters) {
            this.config = config;
            this.engine = engine;
            this.parameters = parameters.trainable();
            this.parameters.forEach((name, p) -> momenta.put(name, manager.zeros(p.getShape(), DataType.FLOAT32)));
        }

        @Override
        public Optimiser.Report apply() {
            // closes all arrays that are made in it, gradients among them: else parameters' manager would keep them
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                Map<String, NDArray> gradients = new LinkedHashMap<>();
                parameters.forEach((name, p) -> gradients.put(name, p.getGradient()));
                double norm = engine.kernels().clip(List.copyOf(gradients.values()), 0);
                if (!Double.isFinite(norm)) throw new ArithmeticException("the gradients have become " + norm + "; a smaller learning rate may help");
                gradients.forEach((name, g) -> {
                    NDArray m = momenta.get(name);
                    NDArray direction = m.mul((float) config.beta1()).add(g.mul((float) (1 - config.beta1()))).sign();
                    parameters.get(name).subi(direction.mul((float) config.rate()));
                    m.muli((float) config.beta2()).addi(g.mul((float) (1 - config.beta2())));
                });
                engine.kernels().zero(List.copyOf(gradients.values()));
                return new Optimiser.Report(config.rate(), norm);
            }
        }

        @Override
        public Map<String, NDArray> state() {
            return Collections.unmodifiableMap(momenta);
        }

        @Override
        public void restore(Map<String, NDArray> saved) {
            // all of it is looked at before anything changes
            momenta.forEach((name, m) -> {
                NDArray other = saved.get(name);
                if (other == null) throw new IllegalArgumentException("the saved optimiser has no '" + name + "'; it holds: " + saved.keySet());
                if (!other.getShape().equals(m.getShape())) throw new IllegalArgumentException("'" + name + "' of the saved optimiser has shape " + other.getShape() + " but must have " + m.getShape());
            });
            engine.kernels().zero(List.copyOf(momenta.values()));
            momenta.forEach((name, m) -> m.addi(saved.get(name)));
        }
    }
}
