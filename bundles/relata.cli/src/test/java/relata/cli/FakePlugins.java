package relata.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import relata.api.plugin.Plugin;
import relata.api.plugin.PluginChange;
import relata.api.plugin.PluginException;
import relata.api.plugin.Plugins;

/** Plug-ins in memory: a source is the name of a plug-in; "bad" is refused. */
final class FakePlugins implements Plugins {
    final Map<String, Plugin> installed = new TreeMap<>();
    final List<String> asked = new ArrayList<>();
    final List<String> problems = new ArrayList<>();
    private String how = "";

    @Override
    public Plugins atRestart() {
        how = "at restart: ";
        return this;
    }

    @Override
    public List<Plugin> list() {
        return List.copyOf(installed.values());
    }

    @Override
    public List<String> problems() {
        return problems;
    }

    @Override
    public List<String> unresolved() {
        return List.of();
    }

    @Override
    public List<Plugin> verify(List<String> sources) throws PluginException {
        refuse(sources);
        return sources.stream().map(s -> plugin(s, Plugin.State.CANDIDATE)).toList();
    }

    @Override
    public List<Plugin> verify() {
        return list();
    }

    @Override
    public PluginChange install(List<String> sources) throws PluginException {
        refuse(sources);
        sources.forEach(s -> installed.put(s, plugin(s, Plugin.State.ACTIVE)));
        return change("install", sources);
    }

    @Override
    public PluginChange update(List<String> sources) {
        return change("update", sources);
    }

    @Override
    public PluginChange remove(List<String> names) {
        names.forEach(installed::remove);
        return change("remove", names);
    }

    @Override
    public PluginChange enable(List<String> names, boolean enabled) {
        names.forEach(n -> installed.put(n, plugin(n, enabled ? Plugin.State.ACTIVE : Plugin.State.DISABLED)));
        return change(enabled ? "enable" : "disable", names);
    }

    @Override
    public PluginChange rollback(int generation) {
        return change("rollback", List.of(Integer.toString(generation)));
    }

    @Override
    public List<PluginChange> history() {
        return List.of(new PluginChange(0, Instant.EPOCH, "begin", false, List.of(), List.of()), new PluginChange(1, Instant.EPOCH, "install", true, List.of("acme 1.0"), List.of()));
    }

    @Override
    public List<String> follow() {
        return List.of();
    }

    private static void refuse(List<String> sources) throws PluginException {
        if (sources.contains("bad")) throw new PluginException(List.of("bad is refused: it is no jar", "worse is refused: it is no jar either"));
    }

    private static Plugin plugin(String name, Plugin.State state) {
        return new Plugin(name, "1.0.0", "0".repeat(64), name + ".jar", "", state, List.of("loss " + name), "");
    }

    private PluginChange change(String action, List<String> what) {
        asked.add(how + action + " " + what);
        return new PluginChange(asked.size(), Instant.EPOCH, action, true, list().stream().map(Plugin::title).toList(), List.of("nothing special"));
    }
}
