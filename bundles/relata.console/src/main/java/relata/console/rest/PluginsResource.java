package relata.console.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.plugin.Feature;
import relata.api.plugin.Features;
import relata.api.plugin.Plugin;
import relata.api.plugin.PluginChange;
import relata.api.plugin.PluginException;
import relata.api.plugin.Plugins;

/** Plug-ins and features. */
@Component(service = Resource.class)
public final class PluginsResource implements Resource {
    private static final long LARGEST = 256L << 20;

    private final Site site;
    private final Plugins plugins;
    private final Features features;

    /** @param site says whether uploads are taken */
    @Activate
    public PluginsResource(@Reference Site site, @Reference Plugins plugins, @Reference Features features) {
        this.site = site;
        this.plugins = plugins;
        this.features = features;
    }

    /** The plug-ins. @param problems what is wrong with them, in sentences @param uploads true if new ones can be uploaded */
    record Page(List<Plugin> plugins, List<String> problems, boolean uploads) {}

    /** The changes that can be gone back to, oldest first. */
    record History(List<PluginChange> changes) {}

    /** The features. */
    record FeatureList(List<Feature> features) {}

    /** Where to go back to. */
    record Back(@Doc("The change whose outcome to go back to; -1: what there was before the last change.") @Default("-1") int generation) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/plugins", "The installed plug-ins.", Page.class, r -> new Page(plugins.list(), plugins.problems(), site.uploads())),
                Route.get("/plugins/history", "The changes of plug-ins that can be gone back to.", History.class, r -> new History(plugins.history())),
                new Route("POST", "/plugins", Role.OPERATOR, "Installs the plug-in that the body holds, a jar. Off unless the server was started with --uploads.", InputStream.class, PluginChange.class, this::upload)
                        .status(201).query("update", "true: replaces the plug-in of that name."),
                new Route("DELETE", "/plugins/{name}", Role.OPERATOR, "Removes a plug-in; runs that began with it keep it.", Nothing.class, PluginChange.class, r -> plugins.remove(List.of(r.path("name")))),
                new Route("POST", "/plugins/{name}/enable", Role.OPERATOR, "Switches a plug-in on.", Nothing.class, PluginChange.class, r -> plugins.enable(List.of(r.path("name")), true)),
                new Route("POST", "/plugins/{name}/disable", Role.OPERATOR, "Switches a plug-in off without removing it.", Nothing.class, PluginChange.class, r -> plugins.enable(List.of(r.path("name")), false)),
                new Route("POST", "/plugins/rollback", Role.OPERATOR, "Goes back to the plug-ins of an earlier change.", Back.class, PluginChange.class, r -> plugins.rollback(r.body(Back.class).generation())),
                Route.get("/features", "The features of the installation, and those that came to it later.", FeatureList.class, r -> new FeatureList(features.list())));
    }

    /** Into a folder that only the owner may read, under a name of ours; the keeper of plug-ins checks it there, and keeps a copy of its own. */
    private PluginChange upload(Request request) throws Refusal, IOException, PluginException {
        if (!site.uploads()) throw new Refusal(403, "no-uploads", "This server takes no uploads. Start it with 'relata serve --uploads', or use 'relata plugin install' on its machine.");
        Path folder = Files.createTempDirectory("relata-upload-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path jar = folder.resolve("upload.jar");
        try {
            try (InputStream in = request.stream(LARGEST)) {
                Files.copy(in, jar);
            } catch (Request.TooLarge e) {
                throw new Refusal(413, "too-large", String.valueOf(e.getMessage()));
            }
            return plugins.receive(jar, "the upload", request.query("update").equals("true"));
        } finally {
            Files.deleteIfExists(jar);
            Files.deleteIfExists(folder);
        }
    }
}
