package relata.parse.corenlp;

import java.nio.ByteBuffer;

/** A SHA-256 value. */
record ParseKey(long a, long b, long c, long d) {
    /** Length in bytes. */
    static final int BYTES = 32;

    static ParseKey of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new ParseKey(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(a).putLong(b).putLong(c).putLong(d).array();
    }
}
