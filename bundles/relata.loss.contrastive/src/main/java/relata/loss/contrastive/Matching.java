package relata.loss.contrastive;

import ai.djl.ndarray.NDManager;
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
import relata.api.learn.Contrast;
import relata.api.learn.Miner;

/**
 * One positive an anchor, and so many negatives (Peng et al. 2020, eq. 2). Rows that attract each other are matched in the batch's order, each with the
 * next one that is free; what is left alone is no anchor of any positive, but still repels. In a batch of pairs, the two of a pair one behind the other
 * as sampler relation-pairs gives them, these are the pairs.
 *
 * <p>Negatives are the first ones behind the anchor, from the end of the batch on from its beginning: as the order of a batch is random, so is this
 * sample, without any generator. Rows and candidates must be the same.
 */
@Component(service = ComponentProvider.class)
@ComponentName("matching")
@Doc("Matches rows that attract each other two by two: one positive an anchor, and at most so many negatives.")
@Source("Peng et al. 2020, section 3.2 and appendix A")
public final class Matching implements ComponentProvider<Miner, Matching.Config> {
    /** What becomes of two rows that attract each other and are not matched. */
    public enum Unmatched {
        /** They are not compared. */
        IGNORED,
        /** They repel each other. */
        NEGATIVE
    }

    /** Settings. */
    public record Config(
            @Doc("Negatives of an anchor at most; 0: all of the batch.") @Default("0") @Range("[0, inf)") int negatives,
            @Doc("What becomes of rows that attract each other and are not matched: ignored, or negative, as sentences drawn from all others.")
                    @Default("ignored") Unmatched unmatched) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Miner create(Config config, Parts parts) {
        return contrast -> {
            Shape shape = contrast.positive().getShape();
            if (shape.get(0) != shape.get(1)) throw new IllegalArgumentException("matching needs rows and candidates to be the same, but the similarities are " + shape);
            int n = Math.toIntExact(shape.get(0));
            float[] attracts = contrast.positive().toFloatArray(), repels = contrast.negative().toFloatArray();
            int[] partner = partners(attracts, n);
            float[] positive = new float[n * n], negative = new float[n * n];
            for (int i = 0; i < n; i++) {
                if (partner[i] >= 0) positive[i * n + partner[i]] = attracts[i * n + partner[i]];
                int left = config.negatives() == 0 ? n : config.negatives();
                for (int step = 1; step < n && left > 0; step++) {
                    int j = (i + step) % n;
                    boolean spurned = config.unmatched() == Unmatched.NEGATIVE && attracts[i * n + j] > 0 && j != partner[i];
                    negative[i * n + j] = spurned ? attracts[i * n + j] : repels[i * n + j];
                    if (negative[i * n + j] > 0) left--;
                }
            }
            NDManager manager = contrast.similarity().getManager();
            return new Contrast(contrast.similarity(), manager.create(positive, shape), manager.create(negative, shape), contrast.anchors());
        };
    }

    /** The row that each row is matched with, or -1. */
    private static int[] partners(float[] attracts, int n) {
        int[] partner = new int[n];
        Arrays.fill(partner, -1);
        for (int i = 0; i < n; i++)
            for (int j = i + 1; j < n && partner[i] < 0; j++)
                if (partner[j] < 0 && attracts[i * n + j] > 0) {
                    partner[i] = j;
                    partner[j] = i;
                }
        return partner;
    }
}
