package relata.weights;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** The numbers of one ONNX initializer: as raw bytes, or in one of the message's lists. */
final class OnnxTensor {
    private OnnxTensor() {}

    /** The type, if it is one that weights have. */
    static Optional<NumberType> type(TensorProto t) {
        return switch (t.getDataType()) {
            case TensorProto.DataType.FLOAT_VALUE -> Optional.of(NumberType.F32);
            case TensorProto.DataType.DOUBLE_VALUE -> Optional.of(NumberType.F64);
            case TensorProto.DataType.FLOAT16_VALUE -> Optional.of(NumberType.F16);
            case TensorProto.DataType.BFLOAT16_VALUE -> Optional.of(NumberType.BF16);
            default -> Optional.empty();
        };
    }

    /** Reads it. @throws IOException if there are more or fewer numbers than its shape says, or they lie in another file */
    static Weight read(Path file, String name, TensorProto t) throws IOException {
        NumberType type = type(t).orElseThrow();
        if (t.getDataLocation() == TensorProto.DataLocation.EXTERNAL || t.getExternalDataCount() > 0)
            throw new IOException(file + ": the values of '" + name + "' are in another file, which is not supported; save the model as one file, or use its safetensors file");
        long count = Sizes.product(t.getDimsList());
        FloatBuffer values;
        if (t.hasRawData()) {
            long bytes = t.getRawData().size();
            if (count < 0 || count > Integer.MAX_VALUE || count * type.bytes != bytes) throw wrong(file, name, t, bytes + " bytes of " + type);
            values = type.floats(t.getRawData().asReadOnlyByteBuffer());
        } else {
            int given = switch (type) {
                case F32 -> t.getFloatDataCount();
                case F64 -> t.getDoubleDataCount();
                default -> t.getInt32DataCount();
            };
            if (count != given) throw wrong(file, name, t, given + " numbers of " + type);
            ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(given, type.bytes)).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < given; i++) {
                switch (type) {
                    case F32 -> bytes.putFloat(t.getFloatData(i));
                    case F64 -> bytes.putDouble(t.getDoubleData(i));
                    default -> bytes.putShort((short) t.getInt32Data(i));
                }
            }
            values = type.floats(bytes.flip());
        }
        return new Weight(name, t.getDimsList(), values);
    }

    private static IOException wrong(Path file, String name, TensorProto t, String found) {
        return new IOException(file + ": '" + name + "' has shape " + t.getDimsList() + ", but " + found);
    }
}
