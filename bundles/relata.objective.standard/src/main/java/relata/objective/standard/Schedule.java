package relata.objective.standard;

/** How a learning rate goes on after its warm-up. */
public enum Schedule {
    /** Falls along a line that reaches 0 right after the last update. */
    LINEAR {
        @Override
        double decline(double progress) {
            return 1 - progress;
        }
    },
    /** Stays. */
    CONSTANT {
        @Override
        double decline(double progress) {
            return 1;
        }
    },
    /** Falls along half a cosine that reaches 0 right after the last update (Loshchilov and Hutter 2017, without restarts). */
    COSINE {
        @Override
        double decline(double progress) {
            return (1 + Math.cos(Math.PI * progress)) / 2;
        }
    };

    /** The share of the full rate after a share of the updates that follow the warm-up, both in [0, 1]. */
    abstract double decline(double progress);

    /**
     * The share of the full rate at one update. In the warm-up it rises by equal steps, of which the first is not 0 and the one after the
     * last is 1: no update is wasted.
     *
     * @param update counted from 1
     * @param warmup number of updates in the warm-up
     * @param total number of updates in all; later ones are treated as the end
     */
    double factor(long update, long warmup, long total) {
        if (update <= warmup) return update / (warmup + 1.0);
        return total <= warmup ? 1 : decline(Math.min(1, (update - 1.0 - warmup) / (total - warmup)));
    }
}
