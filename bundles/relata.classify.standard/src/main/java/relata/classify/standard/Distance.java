package relata.classify.standard;

/** How far two vectors are from each other. */
public enum Distance {
    /** 1 - cosine similarity; a zero vector has similarity 0 to all. */
    COSINE {
        @Override
        float[] prepare(float[] vector) {
            double norm = 0;
            for (float x : vector) norm += (double) x * x;
            float[] unit = new float[vector.length];
            if (norm > 0) for (int i = 0; i < vector.length; i++) unit[i] = (float) (vector[i] / Math.sqrt(norm));
            return unit;
        }

        @Override
        double between(float[] a, float[] b) {
            double dot = 0;
            for (int i = 0; i < a.length; i++) dot += (double) a[i] * b[i];
            return 1 - dot;
        }
    },
    /** Length of the difference. */
    EUCLIDEAN {
        @Override
        float[] prepare(float[] vector) {
            return vector.clone();
        }

        @Override
        double between(float[] a, float[] b) {
            double sum = 0;
            for (int i = 0; i < a.length; i++) {
                double d = (double) a[i] - b[i];
                sum += d * d;
            }
            return Math.sqrt(sum);
        }
    },
    /** Minus the dot product: what few-shot learning often compares by (Peng et al. 2020). Smaller is nearer, but it may be below 0. */
    DOT {
        @Override
        float[] prepare(float[] vector) {
            return vector.clone();
        }

        @Override
        double between(float[] a, float[] b) {
            double dot = 0;
            for (int i = 0; i < a.length; i++) dot += (double) a[i] * b[i];
            return -dot;
        }
    };

    /** A copy in the form that {@link #between} wants. */
    abstract float[] prepare(float[] vector);

    /** The distance of two prepared vectors. */
    abstract double between(float[] a, float[] b);
}
