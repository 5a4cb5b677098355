package {{package}};

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.learn.Collated;
import relata.api.learn.Encoding;
import relata.api.learn.Objective;
import relata.api.learn.Parameters;
import relata.api.learn.Step;
import relata.tensor.Masked;

/** Uniformity (Wang and Isola 2020, section 4.1.2): log mean_{x≠y} e^{-t ‖x - y‖²} over the relation vectors of a batch, scaled to length 1. It has no parameters. */
@Component(service = ComponentProvider.class)
@ComponentName("{{name}}")
@Doc("Spreads relation vectors evenly over the sphere.")
@Source("Wang and Isola 2020, section 4.1.2")
public final class {{class}} implements ComponentProvider<Objective, {{class}}.Config> {
    // so that a vector of zeros has a length
    private static final float TINY = 1e-12f;

    /** Settings. */
    public record Config(@Doc("t: the higher, the more the nearest vectors count.") @Default("2") @Range("(0, inf)") double t) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Objective create(Config config, Parts parts) {
        float t = (float) config.t();
        return setting -> new Objective.Term() {
            private final Parameters parameters = new Parameters();

            @Override
            public Parameters parameters() {
                return parameters;
            }

            @Override
            public NDArray loss(Encoding encoding, Collated batch, Step step) {
                return uniformity(encoding.relations(), t, step);
            }
        };
    }

    private static NDArray uniformity(NDArray relations, float t, Step step) {
        int rows = (int) relations.getShape().get(0);
        // a single vector has no other to be apart from
        if (rows < 2) return relations.sum().mul(0f);
        NDArray x = relations.div(relations.square().sum(new int[] {1}, true).add(TINY).sqrt()); // (R, D), of length 1
        NDArray squares = x.expandDims(1).sub(x.expandDims(0)).square().sum(new int[] {2}); // (R, R)
        float[] others = new float[rows * rows];
        Arrays.fill(others, 1);
        for (int i = 0; i < rows; i++) others[i * rows + i] = 0;
        NDArray weights = step.manager().create(others, new Shape(1, rows * rows));
        return Masked.logSumExp(squares.mul(-t).reshape(1, rows * rows), weights).squeeze().sub((float) Math.log(rows * (rows - 1)));
    }
}
