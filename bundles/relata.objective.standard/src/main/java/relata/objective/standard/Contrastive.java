package relata.objective.standard;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Ref;
import relata.api.component.Source;
import relata.api.learn.Collated;
import relata.api.learn.Contrast;
import relata.api.learn.Encoding;
import relata.api.learn.Loss;
import relata.api.learn.Miner;
import relata.api.learn.Objective;
import relata.api.learn.Parameters;
import relata.api.learn.ProjectionHead;
import relata.api.learn.Similarity;
import relata.api.learn.Step;
import relata.api.view.Bond;
import relata.api.view.Instance;
import relata.api.view.Pairing;

/**
 * In-batch contrast: every row of the batch is an anchor, and every other row a candidate. Rows are projected and compared, the pairing says
 * which attract and repel each other, the miner may change that, the loss does the rest.
 */
@Component(service = ComponentProvider.class)
@ComponentName("contrastive")
@Doc("Pulls relation vectors that belong together towards each other and pushes the others of the batch apart.")
@Source("Chen et al. 2020; Su et al. 2021, section 3.1")
public final class Contrastive implements ComponentProvider<Objective, Contrastive.Config> {
    /** Settings. */
    public record Config(
            @Doc("Which instances attract and repel each other.") Ref<Pairing> pairing,
            @Doc("Maps relation vectors to the space in which they are contrasted; left away afterwards.") @Default("{ use: mlp }") Ref<ProjectionHead> project,
            @Doc("Compares two projected vectors.") @Default("{ use: cosine }") Ref<Similarity> similarity,
            @Doc("Keeps the pairs worth learning from.") @Default("{ use: none }") Ref<Miner> miner,
            @Doc("What is minimised.") Ref<Loss> loss) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Objective create(Config config, Parts parts) {
        Pairing pairing = parts.create(config.pairing());
        ProjectionHead head = parts.create(config.project());
        Similarity similarity = parts.create(config.similarity());
        Miner miner = parts.create(config.miner());
        Loss loss = parts.create(config.loss());
        return setting -> {
            ProjectionHead.Projection projection = head.open(setting.dimension(), setting.allocator());
            return new Objective.Term() {
                @Override
                public Parameters parameters() {
                    return projection.parameters();
                }

                @Override
                public NDArray loss(Encoding encoding, Collated batch, Step step) {
                    NDArray z = projection.project(encoding.relations(), step); // (R, P)
                    return loss.of(miner.mine(contrast(similarity.between(z, z), batch.rows(), pairing, step.manager())));
                }
            };
        };
    }

    private static Contrast contrast(NDArray similarity, List<Instance> rows, Pairing pairing, NDManager manager) {
        int r = rows.size();
        float[] positive = new float[r * r];
        float[] negative = new float[r * r];
        for (int i = 0; i < r; i++)
            for (int j = 0; j < r; j++) {
                if (i == j) continue;
                Bond bond = pairing.bond(rows.get(i), rows.get(j));
                if (bond == Bond.POSITIVE) positive[i * r + j] = 1;
                else if (bond == Bond.NEGATIVE) negative[i * r + j] = 1;
            }
        Shape shape = new Shape(r, r);
        return new Contrast(similarity, manager.create(positive, shape), manager.create(negative, shape), manager.ones(new Shape(r)));
    }
}
