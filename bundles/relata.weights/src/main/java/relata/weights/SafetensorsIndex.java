package relata.weights;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Models in several files: {@code model.safetensors.index.json} says which weight is in which. */
final class SafetensorsIndex {
    private SafetensorsIndex() {}

    static Weights read(Path index) throws IOException {
        Map<String, String> fileOf = fileOf(index);
        Path folder = index.toAbsolutePath().getParent();
        Map<String, Weight> weights = new LinkedHashMap<>();
        for (String name : fileOf.values().stream().distinct().toList()) {
            Path shard = folder.resolve(name);
            if (name.isEmpty() || name.contains("/") || name.contains("\\") || name.startsWith("."))
                throw new IOException(index + ": '" + name + "' is not the name of a file beside it");
            if (!Files.exists(shard)) throw new IOException(index + " names the file " + name + ", which is not beside it");
            for (Weight w : Safetensors.read(shard)) {
                if (!name.equals(fileOf.getOrDefault(w.name(), name))) throw new IOException(index + ": '" + w.name() + "' should be in " + fileOf.get(w.name()) + ", but is in " + name);
                if (weights.put(w.name(), w) != null) throw new IOException(index + ": '" + w.name() + "' is in two files, one of them " + name);
            }
            for (Map.Entry<String, String> e : fileOf.entrySet())
                if (e.getValue().equals(name) && !weights.containsKey(e.getKey()) && !SafetensorsIndex.holds(shard, e.getKey()))
                    throw new IOException(index + ": '" + e.getKey() + "' should be in " + name + ", but is not");
        }
        return new Weights(index.toString(), weights.values());
    }

    /** True also for integer arrays, which are no weights. */
    private static boolean holds(Path shard, String name) throws IOException {
        try (FileChannel channel = Mapped.open(shard)) {
            return SafetensorsHeader.read(shard, channel).entries().stream().anyMatch(e -> e.name().equals(name));
        }
    }

    private static Map<String, String> fileOf(Path index) throws IOException {
        Map<String, String> fileOf = new LinkedHashMap<>();
        List<String> other = new ArrayList<>();
        try (FileChannel channel = Mapped.open(index);
                Reader text = Channels.newReader(channel, StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT), -1);
                JsonReader in = new JsonReader(text)) {
            in.setStrictness(Strictness.STRICT);
            in.beginObject();
            while (in.hasNext()) {
                String key = in.nextName();
                if (!key.equals("weight_map")) {
                    other.add(key);
                    in.skipValue();
                    continue;
                }
                in.beginObject();
                while (in.hasNext()) fileOf.put(in.nextName(), in.nextString());
                in.endObject();
            }
            in.endObject();
        } catch (IOException | IllegalStateException e) {
            throw new IOException(index + " is not the JSON it should be (" + e.getMessage() + ")", e);
        }
        if (fileOf.isEmpty()) throw new IOException(index + " should name a file for each weight under 'weight_map', but has " + (other.isEmpty() ? "nothing" : "only " + String.join(", ", other)));
        return fileOf;
    }
}
