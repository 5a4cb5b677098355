package relata.api.evaluate;

/**
 * Vectors in plain arrays, (R, D).
 *
 * @param rows one vector a row, all of one length; not copied, not to be changed
 */
public record Embeddings(float[][] rows) {
    public Embeddings {
        for (float[] row : rows)
            if (row.length != rows[0].length) throw new IllegalArgumentException("rows of " + rows[0].length + " and " + row.length + " numbers in one matrix");
    }

    /** R. */
    public int size() {
        return rows.length;
    }

    /** D; 0 if there are no rows. */
    public int width() {
        return rows.length == 0 ? 0 : rows[0].length;
    }
}
