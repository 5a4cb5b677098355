package relata.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells whether weights are still those that a model was exported from. */
final class Fingerprint {
    private static final List<String> WEIGHTS = List.of(".safetensors", ".bin", ".safetensors.index.json");
    private static final int BUFFER = 1 << 20;

    private Fingerprint() {}

    /** True if a file of a model folder has weights, as encoders save them. */
    static boolean isWeights(Path file) {
        return WEIGHTS.stream().anyMatch(file.getFileName().toString()::endsWith);
    }

    /** SHA-256 of names and contents of the weights in a model folder, in the order of their names; empty if there are none. Takes as long as reading them. */
    static Optional<String> of(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.filter(Files::isRegularFile).filter(Fingerprint::isWeights).sorted().toList();
        }
        if (files.isEmpty()) return Optional.empty();
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        for (Path file : files) {
            digest.update((file.getFileName() + " " + Files.size(file) + "\n").getBytes(StandardCharsets.UTF_8));
            try (InputStream in = Files.newInputStream(file)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) digest.update(buffer, 0, read);
            }
        }
        return Optional.of(HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
