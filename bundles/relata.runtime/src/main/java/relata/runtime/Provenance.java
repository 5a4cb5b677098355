package relata.runtime;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.component.Catalogue;
import relata.api.component.Part;
import relata.api.component.Ref;
import relata.api.corpus.Corpus;
import relata.api.learn.Engine;
import relata.api.run.Recipe;
import relata.api.run.RunFolder;
import relata.api.run.Stage;

/** Collects where a run's numbers come from: inputs, seed, engine, the parts used with their bundles, versions and hashes. */
@Component(service = Provenance.class)
public final class Provenance {
    /** The entry with the SHA-256 of {@code recipe.yaml}. */
    static final String RECIPE_HASH = "recipeSha256";
    /** The entry with the corpora of stages that have one of their own. */
    static final String STAGE_CORPORA = "stageCorpora";

    /** Plug-ins are installed under the hash of their file. */
    private static final String PLUGIN = "plugin:";

    private final @Nullable BundleContext bundles;
    private final Engine engine;

    @Activate
    public Provenance(@Nullable BundleContext bundles, @Reference Engine engine) {
        this.bundles = bundles;
        this.engine = engine;
    }

    /** Writes {@code provenance.json}. @param catalogue what the run's parts are made from */
    void write(RunFolder folder, Recipe recipe, Corpora corpora, Providers catalogue) throws IOException {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("recipe", recipe.name());
        entries.put(RECIPE_HASH, sha256(folder.recipe()));
        entries.put("cite", recipe.cite());
        entries.put("seed", recipe.seed());
        entries.putAll(data(corpora.recipe()));
        Map<String, Object> own = new LinkedHashMap<>();
        corpora.own().forEach((stage, corpus) -> own.put(stage, data(corpus)));
        if (!own.isEmpty()) entries.put(STAGE_CORPORA, own);
        Map<String, Object> samples = new LinkedHashMap<>();
        for (Map.Entry<String, Ref<Stage>> stage : recipe.stages().entrySet())
            if (stage.getValue().config() instanceof Subsample.Shared share && share.fraction() < 1) {
                Corpus corpus = corpora.of(stage.getKey());
                samples.put(stage.getKey(), Subsample.note(share, corpus, Subsample.of(share, corpus, recipe.seed())));
            }
        if (!samples.isEmpty()) entries.put("samples", samples);
        entries.put("engine", engine.describe());
        TreeSet<String> used = new TreeSet<>();
        Map<String, String> parts = new TreeMap<>();
        for (Ref<?> root : roots(recipe))
            for (Ref<?> ref : SettingWalk.refs(root))
                catalogue.find(Catalogue.kind(ref.kind()), ref.name()).ifPresent((Part p) -> {
                    parts.put(p.kind() + " " + p.name(), p.bundle() + " " + p.version());
                    used.add(p.bundle());
                });
        entries.put("parts", parts);
        if (bundles != null) entries.put("bundles", hashes(bundles, used, catalogue));
        List<JsonElement> before = before(folder, parts);
        if (!before.isEmpty()) entries.put("before", before);
        folder.provenance(entries);
    }

    /** With which parts the run began, where it goes on with others: a plug-in has been updated meanwhile. */
    private static List<JsonElement> before(RunFolder folder, Map<String, String> parts) throws IOException {
        Path file = folder.path().resolve("provenance.json");
        List<JsonElement> before = new ArrayList<>();
        if (!Files.isRegularFile(file)) return before;
        JsonObject old = new Gson().fromJson(Files.readString(file), JsonObject.class);
        if (old.has("before")) old.getAsJsonArray("before").forEach(before::add);
        if (!old.has("parts") || old.get("parts").equals(new Gson().toJsonTree(parts))) return before;
        JsonObject then = new JsonObject();
        for (String key : List.of("parts", "bundles")) if (old.has(key)) then.add(key, old.get(key));
        before.add(then);
        folder.log("goes on with other versions of its parts; provenance.json tells which");
        return before;
    }

    private static Map<String, Object> data(Corpus corpus) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("corpus", corpus.name());
        Map<String, Integer> sizes = new LinkedHashMap<>();
        corpus.splits().forEach((split, examples) -> sizes.put(split, examples.size()));
        data.put("examples", sizes);
        Map<String, String> ids = new LinkedHashMap<>();
        corpus.splits().forEach((split, examples) -> ids.put(split, Subsample.hash(examples)));
        data.put("idsSha256", ids);
        data.put("inputs", corpus.inputs());
        return data;
    }

    private static Iterable<Ref<?>> roots(Recipe recipe) {
        List<Ref<?>> roots = new ArrayList<>();
        roots.add(recipe.corpus());
        roots.add(recipe.encoder());
        roots.addAll(recipe.stages().values());
        return roots;
    }

    /** All bundles with their versions; with the SHA-256 of their files those whose parts are used, and the platform's own. */
    private static Map<String, String> hashes(BundleContext bundles, TreeSet<String> used, Providers catalogue) throws IOException {
        Map<String, String> all = new TreeMap<>();
        for (Bundle b : bundles.getBundles()) {
            String name = String.valueOf(b.getSymbolicName()), text = b.getVersion().toString();
            // an old and a new version of a plug-in may be there at the same time: the run's own counts
            if (all.containsKey(name) && !catalogue.has(b.getBundleId())) continue;
            if (b.getLocation().startsWith(PLUGIN)) text += " sha256:" + b.getLocation().substring(PLUGIN.length()).replaceFirst("#.*", "");
            if (b.getLocation().startsWith("reference:file:") && (used.contains(name) || name.startsWith("relata.api") || name.equals("relata.runtime")))
                text += " sha256:" + sha256(Path.of(URI.create(b.getLocation().substring("reference:".length()))));
            all.put(name, text);
        }
        return all;
    }

    /** The SHA-256 of a text's UTF-8, in lower-case hex. */
    static String sha256(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
