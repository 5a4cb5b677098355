package relata.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import relata.api.learn.Engine;
import relata.api.learn.Parameters;

/** A small problem for optimisers: three parameters that want to be elsewhere. The loss is half the squared distance, so that the gradient of each number is its distance. */
final class Descent {
    /** The parameters, in order. */
    static final List<String> NAMES = List.of("body.weight", "body.bias", "head.weight");

    private static final Map<String, Shape> SHAPES = Map.of("body.weight", new Shape(3, 2), "body.bias", new Shape(3), "head.weight", new Shape(2, 3));

    private final Engine engine;
    private final NDManager manager;
    private final Parameters parameters = new Parameters();

    /** Parameters at numbers of before, or where all begin. */
    Descent(Engine engine, NDManager manager, Map<String, float[]> numbers) {
        this.engine = engine;
        this.manager = manager;
        for (String name : NAMES) parameters.add(name, manager.create(numbers.getOrDefault(name, drawn(name, 1)), SHAPES.get(name)));
    }

    Parameters parameters() {
        return parameters;
    }

    /** Where the parameters are. */
    Map<String, float[]> numbers() {
        Map<String, float[]> numbers = new LinkedHashMap<>();
        parameters.all().forEach((name, array) -> numbers.put(name, array.toFloatArray()));
        return numbers;
    }

    /** Half the squared distance of all parameters. */
    double loss() {
        double loss = 0;
        for (Map.Entry<String, float[]> e : numbers().entrySet())
            for (int i = 0; i < e.getValue().length; i++) loss += Math.pow(e.getValue()[i] - drawn(e.getKey(), 2)[i], 2) / 2;
        return loss;
    }

    /** The L2 norm of the gradient that {@link #backward} gives for these parameters. */
    double norm(List<String> names) {
        double squares = 0;
        for (String name : names)
            for (int i = 0; i < SHAPES.get(name).size(); i++) squares += Math.pow(numbers().get(name)[i] - drawn(name, 2)[i], 2);
        return Math.sqrt(squares);
    }

    /** Gives these parameters a gradient, by way of the loss. @param factor of the loss */
    void backward(List<String> names, float factor) {
        try (NDManager step = manager.newSubManager(); Engine.Tape tape = engine.record()) {
            NDArray loss = step.create(0f);
            for (String name : names) {
                float[] targets = drawn(name, 2);
                for (int i = 0; i < targets.length; i++) targets[i] = -targets[i];
                loss = loss.add(step.create(targets, SHAPES.get(name)).add(parameters.get(name)).square().sum().mul(factor / 2));
            }
            tape.backward(loss);
        }
    }

    private static float[] drawn(String name, int what) {
        Random random = new Random(31L * name.hashCode() + what);
        float[] numbers = new float[Math.toIntExact(SHAPES.get(name).size())];
        for (int i = 0; i < numbers.length; i++) numbers[i] = (float) random.nextGaussian();
        return numbers;
    }
}
