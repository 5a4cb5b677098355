package relata.engine.onnx.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A message of Protocol Buffers that is being written. Large contents are not copied, so that a model of 1 GB does not need 2 GB. */
final class Message {
    private static final int VARINT = 0, BYTES = 2, FIXED32 = 5;
    private static final int LONGEST_VARINT = 10;

    private final List<ByteBuffer> pieces = new ArrayList<>();
    private long size;

    /** Bytes so far. */
    long size() {
        return size;
    }

    Message number(int field, long value) {
        return tag(field, VARINT).varint(value);
    }

    Message number(int field, float value) {
        return tag(field, FIXED32).piece(ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).flip());
    }

    Message text(int field, String value) {
        return bytes(field, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    /** @param value not copied, not to be changed */
    Message bytes(int field, ByteBuffer value) {
        return tag(field, BYTES).varint(value.remaining()).piece(value.duplicate());
    }

    /** A message within. @param value not to be written any further */
    Message message(int field, Message value) {
        return tag(field, BYTES).varint(value.size).append(value);
    }

    /** The fields of another message after one's own. @param other not to be written any further */
    Message append(Message other) {
        pieces.addAll(other.pieces);
        size += other.size;
        return this;
    }

    /** Writes all of it. */
    void to(WritableByteChannel channel) throws IOException {
        for (ByteBuffer piece : pieces) for (ByteBuffer rest = piece.duplicate(); rest.hasRemaining(); ) channel.write(rest);
    }

    private Message tag(int field, int type) {
        return varint((long) field << 3 | type);
    }

    private Message varint(long value) {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_VARINT);
        long rest = value;
        for (; (rest & ~0x7FL) != 0; rest >>>= 7) bytes.put((byte) (rest & 0x7F | 0x80));
        return piece(bytes.put((byte) rest).flip());
    }

    private Message piece(ByteBuffer bytes) {
        pieces.add(bytes);
        size += bytes.remaining();
        return this;
    }
}
