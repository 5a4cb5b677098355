package relata.weights;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * The pickle inside a PyTorch checkpoint. Pickles are programs; this reader knows tensors, dictionaries and lists, and runs nothing:
 * every other class becomes an empty shell.
 */
final class Checkpoint extends Unpickler {
    /** Numbers that lie in an entry of the archive. */
    record Storage(String key, NumberType type, long count) {}

    /** A view of a storage. */
    record Tensor(Storage storage, long offset, List<Long> shape, List<Long> strides) {}

    /** A Python class or function. */
    private record Global(String name) implements IObjectConstructor {
        @Override
        public Object construct(Object[] args) {
            return switch (name) {
                case "torch._utils._rebuild_tensor_v2" -> new Tensor((Storage) args[0], whole(args[1]), sizes(args[2]), sizes(args[3]));
                case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state" -> args[0];
                default -> new LinkedHashMap<>();
            };
        }
    }

    private final ByteArrayInputStream bytes;

    private Checkpoint(byte[] pickle) {
        bytes = new ByteArrayInputStream(pickle);
    }

    /** What the pickle holds: maps, lists, {@link Tensor}s. @throws IOException if it is no valid pickle */
    static Object read(byte[] pickle) throws IOException {
        Checkpoint reader = new Checkpoint(pickle);
        try {
            return reader.load(reader.bytes);
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
        }
    }

    @Override
    protected Object dispatch(short code) throws IOException {
        switch (code) {
            case Opcodes.BINSTRING, Opcodes.BINUNICODE, Opcodes.BINBYTES, Opcodes.LONG4 -> checkLength(4);
            case Opcodes.BINUNICODE8, Opcodes.BINBYTES8, Opcodes.BYTEARRAY8 -> checkLength(8);
            case Opcodes.GLOBAL -> {
                stack.add(new Global(PickleUtils.readline(bytes) + "." + PickleUtils.readline(bytes)));
                return NO_RETURN_VALUE;
            }
            case Opcodes.STACK_GLOBAL -> {
                String name = (String) stack.pop();
                stack.add(new Global(stack.pop() + "." + name));
                return NO_RETURN_VALUE;
            }
            case Opcodes.EMPTY_DICT -> {
                stack.add(new LinkedHashMap<>()); // keeps the order of the model
                return NO_RETURN_VALUE;
            }
            case Opcodes.SETITEMS -> {
                List<Object> items = stack.pop_all_since_marker();
                @SuppressWarnings("unchecked")
                Map<Object, Object> map = (Map<Object, Object>) stack.peek();
                for (int i = 0; i + 1 < items.size(); i += 2) map.put(items.get(i), items.get(i + 1));
                return NO_RETURN_VALUE;
            }
            case Opcodes.BUILD -> {
                stack.pop(); // the state of an object is nothing that weights need
                return NO_RETURN_VALUE;
            }
            case Opcodes.INST, Opcodes.OBJ -> throw new PickleException("a pickle of an unknown protocol");
            default -> {
                // the library knows the rest
            }
        }
        return super.dispatch(code);
    }

    /** A wrong length must not be believed: so much memory would be taken before the end is noticed. */
    private void checkLength(int size) throws IOException {
        bytes.mark(0);
        byte[] length = bytes.readNBytes(size);
        bytes.reset();
        BigInteger value = BigInteger.ZERO;
        for (int i = length.length - 1; i >= 0; i--) value = value.shiftLeft(8).or(BigInteger.valueOf(length[i] & 0xff));
        if (length.length < size || value.compareTo(BigInteger.valueOf(bytes.available() - size)) > 0) throw new PickleException("a text that is longer than the file");
    }

    @Override
    protected Object persistentLoad(Object id) {
        if (!(id instanceof Object[] parts) || parts.length < 5 || !(parts[1] instanceof Global type)) throw new PickleException("a storage that is described in an unknown way");
        return new Storage(String.valueOf(parts[2]), type(type.name), whole(parts[4]));
    }

    private static NumberType type(String storage) {
        return switch (storage) {
            case "torch.FloatStorage" -> NumberType.F32;
            case "torch.DoubleStorage" -> NumberType.F64;
            case "torch.HalfStorage" -> NumberType.F16;
            case "torch.BFloat16Storage" -> NumberType.BF16;
            case "torch.LongStorage" -> NumberType.I64;
            case "torch.IntStorage" -> NumberType.I32;
            case "torch.ShortStorage" -> NumberType.I16;
            case "torch.CharStorage" -> NumberType.I8;
            case "torch.ByteStorage" -> NumberType.U8;
            case "torch.BoolStorage" -> NumberType.BOOL;
            default -> throw new PickleException("numbers of the unknown kind " + storage);
        };
    }

    private static long whole(Object number) {
        if (number instanceof Integer || number instanceof Long) return ((Number) number).longValue();
        throw new PickleException("found " + number + " where a whole number was expected");
    }

    private static List<Long> sizes(Object numbers) {
        List<Long> sizes = new ArrayList<>();
        for (Object n : (Object[]) numbers) sizes.add(whole(n));
        return sizes;
    }

    /** The tensors by name: of the dictionary itself, or of the one that training scripts put it into. */
    static Optional<Map<String, Tensor>> tensors(Object root) {
        if (!(root instanceof Map<?, ?> map)) return Optional.empty();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        map.forEach((k, v) -> {
            if (k instanceof String name && v instanceof Tensor t) tensors.put(name, t);
        });
        if (!tensors.isEmpty()) return Optional.of(tensors);
        for (String key : List.of("state_dict", "model_state_dict", "model"))
            if (map.get(key) instanceof Map<?, ?> inner && inner != map) return tensors(inner);
        return Optional.empty();
    }
}
