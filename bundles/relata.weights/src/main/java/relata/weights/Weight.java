package relata.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * One named array of 32-bit floats, row by row. Values that were read often lie in the mapped file: nothing is copied until they are used.
 *
 * @param name as Hugging Face's models name it, e.g. {@code encoder.layer.0.attention.self.query.weight}
 * @param shape sizes by dimension; empty for a single number
 * @param values as many numbers as the shape asks for; each call gives a fresh view that begins at the first
 */
public record Weight(String name, List<Long> shape, FloatBuffer values) {
    public Weight {
        shape = List.copyOf(shape);
        long count = Sizes.product(shape);
        if (count != values.remaining())
            throw new IllegalArgumentException("weight '" + name + "' has shape " + shape + ", that is " + count + " numbers, but " + values.remaining() + " values");
        values = values.slice();
    }

    /** A weight of these values, which are copied. */
    public static Weight of(String name, List<Long> shape, float... values) {
        return new Weight(name, shape, space(values.length).put(values).flip());
    }

    @Override
    public FloatBuffer values() {
        return values.duplicate();
    }

    /** Number of values. */
    public int count() {
        return values.remaining();
    }

    /** A copy of the values. */
    public float[] toArray() {
        float[] copy = new float[count()];
        values().get(copy);
        return copy;
    }

    /** The same values under another name. */
    public Weight named(String other) {
        return new Weight(other, shape, values);
    }

    /**
     * Rows and columns exchanged, as a copy.
     *
     * @throws IllegalStateException unless there are two dimensions
     */
    public Weight transposed() {
        if (shape.size() != 2) throw new IllegalStateException("only a matrix can be transposed, but weight '" + name + "' has shape " + shape);
        int rows = Math.toIntExact(shape.get(0));
        int columns = Math.toIntExact(shape.get(1));
        FloatBuffer turned = space(count());
        float[] row = new float[columns];
        FloatBuffer from = values();
        for (int r = 0; r < rows; r++) {
            from.get(row);
            for (int c = 0; c < columns; c++) turned.put(c * rows + r, row[c]);
        }
        return new Weight(name, List.of((long) columns, (long) rows), turned);
    }

    /** Room outside the Java heap, where an engine can take the numbers from without another copy. */
    static FloatBuffer space(int count) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES)).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    /** Name and shape; the values would be too many. */
    @Override
    public String toString() {
        return name + shape;
    }

    /** Equal names, shapes and bits. */
    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Weight w) || !name.equals(w.name) || !shape.equals(w.shape)) return false;
        for (int i = 0; i < count(); i++) if (Float.floatToRawIntBits(values.get(i)) != Float.floatToRawIntBits(w.values.get(i))) return false;
        return true;
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + shape.hashCode();
    }
}
