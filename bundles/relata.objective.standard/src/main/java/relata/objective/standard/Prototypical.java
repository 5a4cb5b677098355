package relata.objective.standard;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.Dropout;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Ref;
import relata.api.component.Source;
import relata.api.learn.Collated;
import relata.api.learn.Encoding;
import relata.api.learn.Objective;
import relata.api.learn.Parameters;
import relata.api.learn.Similarity;
import relata.api.learn.Step;

/**
 * Prototypical networks (Snell et al. 2017, equations 1 and 2): a relation's prototype is the mean of its support vectors, and the loss is the
 * cross-entropy of a softmax over the similarities of a query to the prototypes, mean over queries:
 *
 * <pre>c_r = 1/K Σ_{support i of r} h_i,    L = - 1/|Q| Σ_{queries q} log( e^{s(h_q, c_r(q))} / Σ_r e^{s(h_q, c_r)} )</pre>
 *
 * <p>In a batch, the first {@code shots} examples of each relation are its support, with all their views; its other examples are queries. Relations
 * without a query are no class of the episode. With {@code none}, there is one more score, the smallest of a query's minus 1, for <em>none of the
 * above</em>, and instances of relations that are no class are queries with that answer; so it is in the code released with FewRel 2.0 (Gao et al. 2019)
 * and CP (Peng et al. 2020), which also drop half of the elements of all vectors. It has no parameters.
 */
@Component(service = ComponentProvider.class)
@ComponentName("prototypical")
@Doc("Few-shot learning: each query towards the mean of its relation's support vectors, away from the other means.")
@Source("Snell et al. 2017, equations 1 and 2; settings of Gao et al. 2019, released code")
public final class Prototypical implements ComponentProvider<Objective, Prototypical.Config> {
    /** Settings. */
    public record Config(
            @Doc("K: examples of each relation that are its support; as in the sampler.") @Default("1") @Range("[1, inf)") int shots,
            @Doc("Compares a query with a prototype.") @Default("{ use: squared-euclidean }") Ref<Similarity> similarity,
            @Doc("Probability that an element of a relation vector is dropped in training.") @Default("0") @Range("[0, 1)") double dropout,
            @Doc("Whether there is an answer none of the above, with the smallest score minus 1.") @Default("false") boolean none) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Objective create(Config config, Parts parts) {
        Similarity similarity = parts.create(config.similarity());
        return setting -> new Objective.Term() {
            private final Parameters parameters = new Parameters();

            @Override
            public Parameters parameters() {
                return parameters;
            }

            @Override
            public NDArray loss(Encoding encoding, Collated batch, Step step) {
                Support support = Support.of(batch.rows(), config.shots(), config.none());
                NDArray h = Dropout.dropout(encoding.relations(), (float) config.dropout(), step.training()).singletonOrThrow(); // (R, D)
                NDArray prototypes = matrix(step.manager(), support.means()).matMul(h); // (N, D)
                NDArray queries = h.get(step.manager().create(support.queries())); // (Q, D)
                NDArray scores = similarity.between(queries, prototypes); // (Q, N)
                if (config.none()) scores = NDArrays.concat(new NDList(scores, scores.min(new int[] {1}, true).sub(1f)), 1);
                return step.engine().kernels().crossEntropy(scores, step.manager().create(support.answers()), 0);
            }
        };
    }

    private static NDArray matrix(NDManager manager, float[][] rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int r = 0; r < rows.length; r++) System.arraycopy(rows[r], 0, flat, r * rows[0].length, rows[0].length);
        return manager.create(flat, new Shape(rows.length, rows[0].length));
    }
}
