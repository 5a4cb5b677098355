package relata.plugins;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import relata.api.plugin.Plugin;
import relata.plugins.State.Entry;

/** How plug-ins stand in this process. */
final class Listed {
    /** Stands for the names of all plug-ins where something is wrong that concerns each. */
    static final String ALL = "(all)";

    private Listed() {}

    /** By name. @param entries what is wanted @param broken what is wrong, by name */
    static List<Plugin> of(List<Entry> entries, Live live, Map<String, String> broken) {
        List<Plugin> all = new ArrayList<>();
        Map<String, Running> running = new LinkedHashMap<>();
        live.running().forEach(r -> running.put(r.entry().name(), r));
        for (Entry e : entries) {
            Running r = running.get(e.name());
            boolean same = r != null && r.entry().sha256().equals(e.sha256());
            Plugin.State state = !e.enabled() ? Plugin.State.DISABLED : same ? Plugin.State.ACTIVE : Plugin.State.BROKEN;
            String remark = broken.getOrDefault(e.name(), state == Plugin.State.BROKEN ? broken.getOrDefault(ALL, "takes effect at the next start") : "");
            all.add(plugin(e, state, same ? r.parts() : List.of(), remark));
            if (r != null && !same) all.add(plugin(r.entry(), Plugin.State.ACTIVE, r.parts(), "goes on in place of " + e.version()));
        }
        live.draining().forEach(r -> all.add(plugin(r.entry(), Plugin.State.DRAINING, r.parts(), "in use by " + String.join(", ", live.holders(r)))));
        all.sort(Comparator.comparing(Plugin::name).thenComparing(Plugin::state));
        return all;
    }

    private static Plugin plugin(Entry e, Plugin.State state, List<String> parts, String remark) {
        return new Plugin(e.name(), e.version(), e.sha256(), e.origin(), e.feature(), state, parts, remark);
    }
}
