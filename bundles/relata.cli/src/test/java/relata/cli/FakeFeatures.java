package relata.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import relata.api.plugin.Feature;
import relata.api.plugin.Features;
import relata.api.plugin.PluginChange;
import relata.api.plugin.PluginException;

/** One feature that is there; files called bad.json are refused. */
final class FakeFeatures implements Features {
    @Override
    public List<Feature> list() {
        return List.of(new Feature("core", "The core", Feature.State.STARTED, List.of(), List.of("org.relata:relata.api:1.0")));
    }

    @Override
    public List<String> check(Path file) {
        return file.endsWith("bad.json") ? List.of("bad: there is no org.acme:x:1.0 on this machine") : List.of();
    }

    @Override
    public PluginChange install(Path file) throws PluginException {
        if (file.endsWith("bad.json")) throw new PluginException(check(file));
        return new PluginChange(1, Instant.EPOCH, "install", true, List.of("acme 1.0"), List.of());
    }

    @Override
    public PluginChange remove(String name) {
        return new PluginChange(2, Instant.EPOCH, "remove", true, List.of(), List.of());
    }
}
