package relata.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import relata.api.run.Checkpoints;

/** Pretrained models that bundles carry as resources, declared by the capability {@code relata.model} with {@code config}, {@code weights} and {@code tokenizer}. */
@Component
public final class ModelBundles implements Checkpoints {
    private final BundleContext context;

    @Activate
    public ModelBundles(BundleContext context) {
        this.context = context;
    }

    @Override
    public List<String> names() {
        return models().keySet().stream().sorted().toList();
    }

    @Override
    public Optional<Path> folder(String name) throws IOException {
        BundleCapability model = models().get(name);
        if (model == null) return Optional.empty();
        Bundle bundle = model.getRevision().getBundle();
        Path folder = CreatedParts.userCache().resolve("models").resolve(name + "-" + bundle.getVersion() + "-" + fingerprint(bundle, model));
        if (!Files.isDirectory(folder)) unpack(bundle, model, folder);
        return Optional.of(folder);
    }

    /** Changes with the configuration and the size of the weights: a rebuilt bundle of the same version is unpacked anew. */
    private static String fingerprint(Bundle bundle, BundleCapability model) throws IOException {
        CRC32 crc = new CRC32();
        try (InputStream in = resource(bundle, model, "config").openStream()) {
            crc.update(in.readAllBytes());
        }
        return Long.toHexString(crc.getValue() ^ resource(bundle, model, "weights").openConnection().getContentLengthLong() << 32);
    }

    /** Into a folder beside, which is moved when it is complete. */
    private static void unpack(Bundle bundle, BundleCapability model, Path folder) throws IOException {
        try {
            Files.createDirectories(folder.getParent());
            Path beside = Files.createTempDirectory(folder.getParent(), ".unpack-");
            try {
                copy(bundle, model, "config", beside.resolve("config.json"));
                copy(bundle, model, "tokenizer", beside.resolve("tokenizer.json"));
                copy(bundle, model, "weights", beside.resolve("model.onnx"));
                Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Folders.delete(beside);
            }
        } catch (IOException e) {
            if (Files.isDirectory(folder)) return; // another process was quicker
            throw new IOException(Words.cannotWrite(folder, e).getMessage() + ". Models are unpacked into the cache folder; RELATA_CACHE names another", e);
        }
    }

    private static void copy(Bundle bundle, BundleCapability model, String what, Path to) throws IOException {
        try (InputStream in = resource(bundle, model, what).openStream()) {
            Files.copy(in, to);
        }
    }

    private static URL resource(Bundle bundle, BundleCapability model, String what) throws IOException {
        Object entry = model.getAttributes().get(what);
        URL resource = entry == null ? null : bundle.getEntry(entry.toString());
        if (resource == null) throw new IOException("model bundle " + bundle.getSymbolicName() + " " + bundle.getVersion() + " has no " + what + " at " + entry);
        return resource;
    }

    private Map<String, BundleCapability> models() {
        Map<String, BundleCapability> models = new LinkedHashMap<>();
        for (Bundle bundle : context.getBundles()) {
            BundleRevision revision = bundle.adapt(BundleRevision.class);
            if (revision == null) continue;
            for (BundleCapability c : revision.getDeclaredCapabilities("relata.model")) models.put(String.valueOf(c.getAttributes().get("relata.model")), c);
        }
        return models;
    }
}
