package relata.encode.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import relata.api.learn.Collated;
import relata.api.learn.Step;
import relata.tensor.Pooling;

/** Makes relation vectors (R, D) of token states (B, L, H), as a {@link Pool} says. */
final class RelationVectors {
    private RelationVectors() {}

    static NDArray of(Pool pool, Bert bert, NDArray states, Collated batch, Step step) {
        NDManager m = step.manager();
        return switch (pool) {
            case CLS -> rows(Pooling.cls(states), batch.field("view"), m);
            case POOLER -> rows(bert.pooled(Pooling.cls(states)), batch.field("view"), m);
            case MEAN -> rows(Pooling.mean(states, floats(batch.field("mask"), m)), batch.field("view"), m);
            case MENTION_STARTS, MENTION_MEAN -> {
                NDArray entities = entities(states, batch, m);
                yield NDArrays.concat(new NDList(rows(entities, batch.field("head"), m), rows(entities, batch.field("tail"), m)), -1);
            }
        };
    }

    private static NDArray floats(Collated.Field field, NDManager m) {
        float[] values = new float[field.values().length];
        for (int i = 0; i < values.length; i++) values[i] = field.values()[i];
        return m.create(values, new Shape(field.shape()));
    }

    /** (E, H): for each entity of the batch the mean of the states at its positions. */
    private static NDArray entities(NDArray tokens, Collated batch, NDManager m) {
        Collated.Field positions = batch.field("positions"), owners = batch.field("entities");
        NDArray states = rows(tokens.reshape(-1, tokens.getShape().get(2)), positions, m);
        int t = positions.values().length;
        int e = (int) owners.values()[t - 1] + 1;
        if (e == t) return states;
        int[] counts = new int[e];
        for (long owner : owners.values()) counts[(int) owner]++;
        float[] weights = new float[e * t];
        for (int i = 0; i < t; i++) weights[(int) owners.values()[i] * t + i] = 1f / counts[(int) owners.values()[i]];
        return m.create(weights, new Shape(e, t)).matMul(states);
    }

    /**
     * Rows by index, with a gradient. A look-up in a table, since the gradient of indexing adds up rows that are asked for several
     * times in whichever order threads come.
     */
    private static NDArray rows(NDArray from, Collated.Field index, NDManager m) {
        return Embedding.embedding(m.create(index.values()), from, SparseFormat.DENSE).singletonOrThrow();
    }
}
