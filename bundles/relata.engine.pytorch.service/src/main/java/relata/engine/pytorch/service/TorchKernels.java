package relata.engine.pytorch.service;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.Scripts;
import java.util.List;
import java.util.function.DoubleSupplier;
import relata.api.learn.Kernels;

/** The kernels of {@code kernels.torchscript}. A result belongs to the manager of the first argument, as everywhere in DJL. */
final class TorchKernels implements Kernels {
    private final Scripts scripts;

    TorchKernels(Scripts scripts) {
        this.scripts = scripts;
    }

    @Override
    public NDArray attention(NDArray q, NDArray k, NDArray v, NDArray mask, float dropout) {
        return scripts.array(q.getManager(), "attention", q, k, v, mask, (double) dropout);
    }

    @Override
    public NDArray logSumExp(NDArray x) {
        return scripts.array(x.getManager(), "log_sum_exp", x);
    }

    @Override
    public NDArray crossEntropy(NDArray logits, NDArray labels, float smoothing) {
        if (labels.getDataType() != DataType.INT64)
            throw new IllegalArgumentException("labels must be int64 but are " + labels.getDataType());
        return scripts.array(logits.getManager(), "cross_entropy", logits, labels, (double) smoothing);
    }

    @Override
    public NDArray cast(NDArray x, DataType type) {
        return scripts.array(x.getManager(), "cast", x, code(type));
    }

    @Override
    public void adamw(List<NDArray> parameters, List<NDArray> gradients, List<NDArray> first, List<NDArray> second, List<NDArray> steps,
            double rate, double beta1, double beta2, double epsilon, double decay, boolean biasCorrection) {
        int n = parameters.size();
        if (gradients.size() != n || first.size() != n || second.size() != n || steps.size() != n)
            throw new IllegalArgumentException("every list must have one array for each of the " + n + " parameters but they have "
                    + gradients.size() + " gradients, " + first.size() + " and " + second.size() + " moments, " + steps.size() + " steps");
        if (n == 0) return;
        inPlace(() -> {
            scripts.act("adamw", parameters, gradients, first, second, steps, rate, beta1, beta2, epsilon, decay, biasCorrection);
            return 0;
        });
    }

    @Override
    public void sgd(List<NDArray> parameters, List<NDArray> gradients, List<NDArray> directions, double rate, double momentum, double decay) {
        int n = parameters.size();
        if (gradients.size() != n || directions.size() != (momentum > 0 ? n : 0))
            throw new IllegalArgumentException("every list must have one array for each of the " + n + " parameters, but for directions without momentum, but they have "
                    + gradients.size() + " gradients and, at momentum " + momentum + ", " + directions.size() + " directions");
        if (n == 0) return;
        inPlace(() -> {
            scripts.act("sgd", parameters, gradients, directions, rate, momentum, decay);
            return 0;
        });
    }

    @Override
    public double clip(List<NDArray> gradients, double max) {
        return gradients.isEmpty() ? 0 : inPlace(() -> scripts.number("clip", gradients, max));
    }

    @Override
    public void zero(List<NDArray> arrays) {
        if (arrays.isEmpty()) return;
        inPlace(() -> {
            scripts.act("zero", arrays);
            return 0;
        });
    }

    // PyTorch refuses to change a parameter in place while it records
    private static double inPlace(DoubleSupplier work) {
        boolean gradients = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try {
            return work.getAsDouble();
        } finally {
            JniUtils.setGradMode(gradients);
        }
    }

    // c10::ScalarType
    private static int code(DataType type) {
        return switch (type) {
            case FLOAT16 -> 5;
            case FLOAT32 -> 6;
            case FLOAT64 -> 7;
            case BFLOAT16 -> 15;
            case INT32 -> 3;
            case INT64 -> 4;
            default -> throw new IllegalArgumentException("no cast to " + type
                    + "; there are float16, bfloat16, float32, float64, int32 and int64");
        };
    }
}
