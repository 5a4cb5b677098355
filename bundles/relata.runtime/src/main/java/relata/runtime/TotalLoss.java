package relata.runtime;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import relata.api.component.Ref;
import relata.api.learn.Collated;
import relata.api.learn.Encoding;
import relata.api.learn.Objective;
import relata.api.learn.Step;

/** What a training minimises: the sum of its objectives, each with its weight. An objective whose loss is no number is named. */
final class TotalLoss {
    private final List<Ref<Objective>> objectives;
    private final List<Double> weights;
    private final List<Objective.Term> terms;

    /** @param weights one for each objective; none: all are 1 */
    TotalLoss(List<Ref<Objective>> objectives, List<Double> weights, List<Objective.Term> terms) {
        this.objectives = objectives;
        this.weights = weights;
        this.terms = terms;
    }

    /**
     * The sum over a batch.
     *
     * @param array what gradients are taken of, divided by the number of batches of an update; null without objectives
     * @param value the sum itself
     */
    record Sum(@Nullable NDArray array, double value) {}

    /** @param together how many batches' gradients are added up to one update @param where the batch is, for messages */
    Sum of(Encoding encoding, Collated batch, Step step, int together, Supplier<String> where) {
        NDArray total = null;
        double value = 0;
        for (int o = 0; o < terms.size(); o++) {
            NDArray loss = terms.get(o).loss(encoding, batch, step);
            float now = number(loss, objectives.get(o).name(), where);
            float weight = weights.isEmpty() ? 1 : weights.get(o).floatValue();
            value += weight * now;
            float scale = weight / together;
            NDArray part = scale == 1 ? loss : loss.mul(scale);
            total = total == null ? part : total.add(part);
        }
        return new Sum(total, value);
    }

    private static float number(NDArray loss, String objective, Supplier<String> where) {
        if (loss.getShape().size() != 1 || loss.getDataType() != DataType.FLOAT32)
            throw new IllegalArgumentException("objective '" + objective + "' gave a " + loss.getDataType() + " array " + loss.getShape() + " in " + where.get() + "; it must be one float32 number");
        float number = loss.getFloat();
        if (!Float.isFinite(number)) throw new ArithmeticException("objective '" + objective + "' gave " + number + " in " + where.get() + "; a smaller learning rate or a larger temperature may help");
        return number;
    }
}
