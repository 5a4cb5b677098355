package relata.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The weights of a model folder, in whichever format they are there. */
public final class ModelFiles {
    private ModelFiles() {}

    /**
     * Reads {@code model.safetensors}, {@code model.safetensors.index.json}, {@code pytorch_model.bin}, {@code model.onnx} or the
     * only {@code *.onnx}: the first of these that is there.
     *
     * @throws IOException if none is there, or what is there cannot be read
     */
    public static Weights read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) throw new IOException(folder + (Files.exists(folder) ? " is not a folder" : " does not exist") + "; a folder with a model was expected");
        for (String name : List.of("model.safetensors", "model.safetensors.index.json"))
            if (Files.exists(folder.resolve(name))) return Safetensors.read(folder.resolve(name));
        if (Files.exists(folder.resolve("pytorch_model.bin"))) return PyTorchBin.read(folder.resolve("pytorch_model.bin"));
        if (Files.exists(folder.resolve("model.onnx"))) return Onnx.read(folder.resolve("model.onnx"));
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.sorted().toList();
        }
        List<Path> onnx = files.stream().filter(f -> f.toString().endsWith(".onnx")).toList();
        if (onnx.size() == 1) return Onnx.read(onnx.get(0));
        throw new IOException(folder + " holds no weights: looked for model.safetensors, model.safetensors.index.json, pytorch_model.bin, model.onnx and one *.onnx; found "
                + (files.isEmpty() ? "nothing" : String.join(", ", files.stream().limit(20).map(f -> f.getFileName().toString()).toList())));
    }
}
