package relata.plugins;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.plugin.Plugin;
import relata.api.plugin.PluginChange;
import relata.api.plugin.PluginException;
import relata.api.plugin.Plugins;
import relata.plugins.Sources.Source;
import relata.plugins.State.Entry;
import relata.plugins.State.Snapshot;

/** The plug-ins as the keeper has them. */
@Component
public final class InstalledPlugins implements Plugins {
    private final Keeper keeper;
    private final boolean now;

    @Activate
    public InstalledPlugins(@Reference Keeper keeper) {
        this(keeper, true);
    }

    private InstalledPlugins(Keeper keeper, boolean now) {
        this.keeper = keeper;
        this.now = now;
    }

    @Override
    public Plugins atRestart() {
        return new InstalledPlugins(keeper, false);
    }

    @Override
    public List<Plugin> list() {
        return keeper.list();
    }

    @Override
    public List<String> problems() {
        return keeper.problems();
    }

    @Override
    public List<String> unresolved() {
        return keeper.unresolved();
    }

    @Override
    public List<Plugin> verify(List<String> sources) throws PluginException {
        List<Plugin> seen = new ArrayList<>();
        for (Candidate c : keeper.verify(keeper.find(sources)))
            seen.add(new Plugin(c.name(), c.version().toString(), c.sha256(), c.origin(), "", Plugin.State.CANDIDATE, List.of(), String.join("; ", c.remarks())));
        return seen;
    }

    @Override
    public List<Plugin> verify() throws PluginException {
        if (!keeper.problems().isEmpty()) throw new PluginException(keeper.problems());
        List<Entry> entries = keeper.state().now().entries();
        List<String> wrong = new ArrayList<>();
        for (Entry e : entries) if (!Files.isRegularFile(keeper.store().jar(e.sha256()))) wrong.addAll(keeper.store().gone(e).problems());
        if (!wrong.isEmpty()) throw new PluginException(wrong);
        List<Source> jars = entries.stream().map(e -> new Source(keeper.store().jar(e.sha256()), e.title(), e.title())).toList();
        List<Candidate> candidates = keeper.verify(jars);
        for (int i = 0; i < jars.size(); i++)
            if (!candidates.get(i).sha256().equals(entries.get(i).sha256())) wrong.addAll(keeper.store().changed(entries.get(i), candidates.get(i).sha256()).problems());
        if (!wrong.isEmpty()) throw new PluginException(wrong);
        return list();
    }

    @Override
    public PluginChange install(List<String> sources) throws PluginException {
        return keeper.put("install", sources, () -> keeper.find(sources), Batch.Mode.INSTALL, now);
    }

    @Override
    public PluginChange update(List<String> sources) throws PluginException {
        return keeper.put("update", sources, () -> keeper.find(sources), Batch.Mode.UPDATE, now);
    }

    @Override
    public PluginChange receive(Path jar, String said, boolean update) throws PluginException {
        return keeper.put(update ? "update" : "install", List.of(said), () -> List.of(new Source(jar, said, said)), update ? Batch.Mode.UPDATE : Batch.Mode.INSTALL, now);
    }

    @Override
    public PluginChange remove(List<String> names) throws PluginException {
        return keeper.change("remove", names, now, (state, batch) -> {
            List<Entry> gone = named(state.now(), names);
            return Keeper.wanting(state, state.now().entries().stream().filter(e -> !gone.contains(e)).toList(), "remove", List.of());
        });
    }

    @Override
    public PluginChange enable(List<String> names, boolean enabled) throws PluginException {
        String action = enabled ? "enable" : "disable";
        return keeper.change(action, names, now, (state, batch) -> {
            List<Entry> meant = named(state.now(), names);
            return Keeper.wanting(state, state.now().entries().stream().map(e -> meant.contains(e) ? e.enabled(enabled) : e).toList(), action, List.of());
        });
    }

    private static List<Entry> named(Snapshot now, List<String> names) throws PluginException {
        List<Entry> found = new ArrayList<>();
        for (String name : names)
            found.add(now.entry(name).orElseThrow(() -> new PluginException("no plug-in is called '" + name + "'. Installed: "
                    + (now.entries().isEmpty() ? "none" : String.join(", ", now.entries().stream().map(Entry::name).toList())) + ".")));
        return found;
    }

    @Override
    public PluginChange rollback(int generation) throws PluginException {
        return keeper.change("rollback", generation >= 0 ? List.of(Integer.toString(generation)) : List.of(), now, (state, batch) -> {
            int to = generation >= 0 ? generation : state.now().undo();
            if (to == state.now().generation()) throw new PluginException("change " + to + " is the last one, so there is nothing to go back from");
            if (to == State.NOTHING) throw new PluginException("there is nothing to go back to: this is how it began");
            Snapshot snapshot = state.generation(to).orElseThrow(() -> new PluginException("there is no change " + to + " to go back to"
                    + (state.before().isEmpty() ? "" : "; there are " + state.before().get(0).generation() + " to " + (state.now().generation() - 1))));
            return state.back(snapshot, "rollback to " + to, System.currentTimeMillis());
        });
    }

    @Override
    public List<PluginChange> history() {
        State state = keeper.state();
        return Stream.concat(state.before().stream(), Stream.of(state.now())).map(s -> Keeper.said(s, s == state.now(), s.remarks())).toList();
    }

    @Override
    public List<String> follow() {
        return keeper.follow();
    }
}
