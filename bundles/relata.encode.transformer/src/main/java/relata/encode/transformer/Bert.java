package relata.encode.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import relata.api.learn.Collated;
import relata.api.learn.Parameters;
import relata.api.learn.Step;

/**
 * BERT (Devlin et al. 2019), operation by operation; post-norm, exact GELU. Training and inference are the same code.
 *
 * <p>Each layer's intermediate arrays are let go at its end: in training the recording keeps what the gradient needs, and nothing keeps the rest.
 */
final class Bert {
    /** Added to the scores of padding: small enough that its weight is exactly 0. */
    static final float NEVER = -1e9f;

    private final BertConfig config;
    private final Parameters parameters;
    private final float dropout;
    private final float attentionDropout;

    Bert(BertConfig config, Parameters parameters, float dropout, float attentionDropout) {
        this.config = config;
        this.parameters = parameters;
        this.dropout = dropout;
        this.attentionDropout = attentionDropout;
    }

    /**
     * Token states.
     *
     * @param ids (B, L)
     * @param mask (B, L), 0 at padding, else 1
     * @return (B, L, H)
     */
    NDArray states(Collated.Field ids, Collated.Field mask, Step step) {
        float[] added = new float[mask.values().length];
        for (int i = 0; i < added.length; i++) added[i] = mask.values()[i] == 0 ? NEVER : 0f;
        NDArray scores = step.manager().create(added, new Shape(ids.shape()[0], 1, 1, ids.shape()[1]));
        NDArray x = embeddings(ids, step);
        for (int layer = 0; layer < config.layers(); layer++) {
            NDArray below = x;
            x = layer("encoder.layer." + layer + ".", below, scores, step);
            below.close();
        }
        return x;
    }

    /** BERT's pooler: (N, H) states of {@code [CLS]} to (N, H). */
    NDArray pooled(NDArray cls) {
        return Activation.tanh(dense(cls, "pooler.dense"));
    }

    private NDArray embeddings(Collated.Field ids, Step step) {
        NDManager m = step.manager();
        int length = Math.toIntExact(ids.shape()[1]);
        long[] places = new long[length];
        for (int i = 0; i < length; i++) places[i] = i;
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray words = rows("embeddings.word_embeddings", m.create(ids.values(), new Shape(ids.shape())));
            NDArray types = rows("embeddings.token_type_embeddings", m.create(new long[] {0}));
            NDArray positions = rows("embeddings.position_embeddings", m.create(places));
            NDArray x = drop(norm(words.add(types).add(positions), "embeddings.LayerNorm"), step);
            NDScope.unregister(x);
            return x;
        }
    }

    private NDArray layer(String layer, NDArray x, NDArray scores, Step step) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray attended = drop(dense(attention(layer, x, scores, step), layer + "attention.output.dense"), step);
            NDArray middle = norm(attended.add(x), layer + "attention.output.LayerNorm");
            NDArray wide = Activation.gelu(dense(middle, layer + "intermediate.dense"));
            NDArray narrow = drop(dense(wide, layer + "output.dense"), step);
            NDArray out = norm(narrow.add(middle), layer + "output.LayerNorm");
            NDScope.unregister(out);
            return out;
        }
    }

    private NDArray attention(String layer, NDArray x, NDArray scores, Step step) {
        long b = x.getShape().get(0), l = x.getShape().get(1), heads = config.heads(), d = config.hidden() / heads;
        // (B, L, 3H) to (3, B, heads, L, d)
        NDArray qkv = dense(x, layer + BertWeights.QKV).reshape(b, l, 3, heads, d).transpose(2, 0, 3, 1, 4);
        NDArray mixed = step.engine().kernels().attention(qkv.get(0), qkv.get(1), qkv.get(2), scores, step.training() ? attentionDropout : 0f);
        return mixed.transpose(0, 2, 1, 3).reshape(b, l, config.hidden());
    }

    private NDArray rows(String table, NDArray ids) {
        return Embedding.embedding(ids, parameters.get(table + ".weight"), SparseFormat.DENSE).singletonOrThrow();
    }

    private NDArray dense(NDArray x, String name) {
        return Linear.linear(x, parameters.get(name + ".weight"), parameters.get(name + ".bias")).singletonOrThrow();
    }

    private NDArray norm(NDArray x, String name) {
        return LayerNorm.layerNorm(x, new Shape(config.hidden()), parameters.get(name + ".weight"), parameters.get(name + ".bias"), config.epsilon()).singletonOrThrow();
    }

    private NDArray drop(NDArray x, Step step) {
        return step.training() && dropout > 0 ? Dropout.dropout(x, dropout, true).singletonOrThrow() : x;
    }
}
