package relata.objective.standard;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.norm.Dropout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import relata.api.learn.InferenceGraph;
import relata.api.learn.Objective;
import relata.api.learn.Parameters;
import relata.api.learn.Step;
import relata.api.view.Instance;

/**
 * Classification of relations by one linear layer over the relation vector, as BERT is fine-tuned (Devlin et al. 2019, section 3.2; Su et al.
 * 2021, section 3.2).
 *
 * <p>The layer has a row for each label of the corpus, <em>no relation</em> among them, in the corpus's order; weights start normal with
 * deviation 0.02, cut off at two deviations, biases at 0. Its parameters are {@code classifier.weight} (K, D) and {@code classifier.bias} (K). Of
 * several gold labels of a pair the first counts.
 */
@Component(service = ComponentProvider.class)
@ComponentName("cross-entropy")
@Doc("Classifies relations with one linear layer over the relation vector.")
@Source("Devlin et al. 2019, section 3.2")
public final class CrossEntropy implements ComponentProvider<Objective, CrossEntropy.Config> {
    private static final double DEVIATION = 0.02;

    /** Settings. */
    public record Config(
            @Doc("Probability that an element of the relation vector is dropped in training.") @Default("0.1") @Range("[0, 1)") double dropout,
            @Doc("Share of the target that is spread evenly over all labels.") @Default("0") @Range("[0, 1)") double smoothing) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Objective create(Config config, Parts parts) {
        return new Objective() {
            @Override
            public boolean classifies() {
                return true;
            }

            @Override
            public Term open(Setting setting) {
                return new Head(config, setting);
            }
        };
    }

    private static final class Head implements Objective.Term {
        private final float dropout;
        private final float smoothing;
        private final List<String> labels;
        private final Map<String, Integer> indexes = new HashMap<>();
        private final Parameters parameters = new Parameters();
        private final Dense layer;

        Head(Config config, Objective.Setting setting) {
            dropout = (float) config.dropout();
            smoothing = (float) config.smoothing();
            labels = setting.relations();
            if (labels.isEmpty()) throw new IllegalArgumentException("cross-entropy needs a corpus with labels, but this one has none");
            for (int k = 0; k < labels.size(); k++) indexes.put(labels.get(k), k);
            layer = Dense.truncatedNormal("classifier", DEVIATION, setting.dimension(), labels.size(), setting.allocator(), parameters);
        }

        @Override
        public Parameters parameters() {
            return parameters;
        }

        @Override
        public NDArray loss(Encoding encoding, Collated batch, Step step) {
            long[] gold = batch.rows().stream().mapToLong(this::label).toArray();
            return step.engine().kernels().crossEntropy(scores(encoding, step), step.manager().create(gold), smoothing);
        }

        @Override
        public Optional<NDArray> logits(Encoding encoding, Step step) {
            return Optional.of(scores(encoding, step));
        }

        @Override
        public Optional<String> draw(InferenceGraph graph, String relations) {
            // not linear(): fewer bits would gain nothing in so small a layer, and cost where it counts
            NDArray weight = parameters.get("classifier.weight"), bias = parameters.get("classifier.bias");
            String w = graph.weight("classifier.weight", weight.toFloatArray(), weight.getShape().getShape());
            return Optional.of(graph.apply("Gemm", Map.of("transB", 1L), relations, w, graph.weight("classifier.bias", bias.toFloatArray(), bias.getShape().getShape())));
        }

        /** (R, D) to (R, K). */
        private NDArray scores(Encoding encoding, Step step) {
            return layer.of(Dropout.dropout(encoding.relations(), dropout, step.training()).singletonOrThrow());
        }

        private int label(Instance row) {
            String where = "example '" + row.view().source().id() + "', pair " + (row.pair() + 1);
            if (row.relations().isEmpty())
                throw new IllegalArgumentException(where + " has no gold relation, but cross-entropy needs one for every pair; leave such examples out of the split");
            Integer index = indexes.get(row.relations().get(0));
            if (index == null)
                throw new IllegalArgumentException(where + " has the relation '" + row.relations().get(0) + "', which is not among the corpus's labels: " + String.join(", ", labels));
            return index;
        }
    }
}
