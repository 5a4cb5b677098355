package relata.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** How numbers lie in a file, little-endian. Integers are no weights and are only measured. */
enum NumberType {
    F64(8), F32(4), F16(2), BF16(2), I64(8), I32(4), I16(2), I8(1), U64(8), U32(4), U16(2), U8(1), BOOL(1), F8_E4M3(1), F8_E5M2(1);

    final int bytes;

    NumberType(int bytes) {
        this.bytes = bytes;
    }

    /** True for the four types that become 32-bit floats. */
    boolean isWeight() {
        return ordinal() <= BF16.ordinal();
    }

    /** These bytes as 32-bit floats: the bytes themselves where they are such, else a converted copy. */
    FloatBuffer floats(ByteBuffer data) {
        ByteBuffer in = data.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (this == F32) return in.asFloatBuffer();
        int n = in.remaining() / bytes;
        FloatBuffer out = Weight.space(n);
        for (int i = 0; i < n; i++)
            out.put(i, switch (this) {
                case F64 -> (float) in.getDouble(8 * i);
                case F16 -> half(in.getShort(2 * i));
                case BF16 -> Float.intBitsToFloat(in.getShort(2 * i) << 16);
                default -> throw new IllegalStateException(this + " is no type of weights");
            });
        return out;
    }

    /** IEEE 754 binary16 to binary32. */
    static float half(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0x1f) return Float.intBitsToFloat(sign | 0x7f800000 | fraction << 13);
        if (exponent == 0) return (sign == 0 ? 1f : -1f) * fraction * 0x1p-24f;
        return Float.intBitsToFloat(sign | exponent + 112 << 23 | fraction << 13);
    }
}
