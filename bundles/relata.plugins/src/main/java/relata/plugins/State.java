package relata.plugins;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the store holds: the plug-ins that are wanted, those that were, and what was last seen in the watched folder.
 *
 * @param format of the file
 * @param now the present state
 * @param before earlier states, oldest first
 * @param folder what became of the files in the watched folder, by name
 */
record State(int format, Snapshot now, List<Snapshot> before, Map<String, Seen> folder) {
    static final int FORMAT = 1;
    /** Earlier states that are kept. */
    private static final int KEPT = 50;

    /** Before the first state there is none. */
    static final int NOTHING = -1;

    /** Nothing is installed and nothing ever was. */
    static final State EMPTY = new State(FORMAT, new Snapshot(0, 0, "begin", NOTHING, List.of(), List.of()), List.of(), Map.of());

    /**
     * A plug-in that is wanted.
     *
     * @param origin where its jar came from
     * @param feature the feature that it belongs to, or empty
     */
    record Entry(String name, String version, String sha256, String origin, String feature, boolean enabled) {
        String title() {
            return name + " " + version;
        }

        Entry enabled(boolean on) {
            return new Entry(name, version, sha256, origin, feature, on);
        }

        Entry in(String of) {
            return new Entry(name, version, sha256, origin, of, enabled);
        }

        Entry from(String place) {
            return new Entry(name, version, sha256, place, feature, enabled);
        }
    }

    /** A file of the watched folder. @param name the plug-in that was made of it */
    record Seen(String sha256, String name) {}

    /**
     * All plug-ins that are wanted at a time.
     *
     * @param generation counts changes
     * @param time in milliseconds since 1970
     * @param undo the generation that undoing this change leads to
     */
    record Snapshot(int generation, long time, String action, int undo, List<Entry> entries, List<String> remarks) {
        Snapshot {
            entries = List.copyOf(entries);
            remarks = List.copyOf(remarks);
        }

        Optional<Entry> entry(String name) {
            return entries.stream().filter(e -> e.name().equals(name)).findFirst();
        }
    }

    State {
        before = List.copyOf(before);
        folder = Map.copyOf(folder);
    }

    /** The state after a change; undoing it leads to this one. */
    State next(String action, long time, List<Entry> entries, List<String> remarks) {
        return next(new Snapshot(now.generation() + 1, time, action, now.generation(), entries, remarks));
    }

    /** The state after a change back to an earlier one; undoing again leads further back. */
    State back(Snapshot to, String action, long time) {
        return next(new Snapshot(now.generation() + 1, time, action, to.undo(), to.entries(), List.of()));
    }

    private State next(Snapshot next) {
        List<Snapshot> all = new ArrayList<>(before);
        all.add(now);
        return new State(FORMAT, next, all.subList(Math.max(0, all.size() - KEPT), all.size()), folder);
    }

    State seen(String file, Seen seen) {
        if (seen.equals(folder.get(file))) return this;
        Map<String, Seen> files = new TreeMap<>(folder);
        files.put(file, seen);
        return new State(format, now, before, files);
    }

    State forgotten(String file) {
        Map<String, Seen> files = new TreeMap<>(folder);
        files.remove(file);
        return new State(format, now, before, files);
    }

    /** An earlier state. */
    Optional<Snapshot> generation(int generation) {
        return before.stream().filter(s -> s.generation() == generation).findFirst();
    }
}
