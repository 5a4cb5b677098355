package relata.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import relata.api.plugin.PluginException;
import relata.plugins.Sources.Source;
import relata.plugins.State.Entry;
import relata.plugins.State.Seen;

/**
 * The folder {@code plugins/}: a jar that is put there is installed, one that is replaced is updated, one that is taken away is removed.
 * What was done about a file is remembered by its content, so that going back from an update is not undone by the file that still lies there.
 */
final class WatchedFolder {
    private record Look(long size, long time) {}

    /** What decides whether something can be removed. */
    private record Ground(Map<String, Look> files, State state) {}

    private final Path folder;
    private Map<String, Look> last = new HashMap<>();
    private final Map<String, Look> handled = new HashMap<>();
    /** Files that were refused, and are tried again when another one comes or the plug-ins have changed. */
    private final Set<String> waiting = new HashSet<>();
    /** Files that were taken away while they could not be, and why: that is tried again when the ground is another. */
    private final Map<String, List<String>> stuck = new HashMap<>();
    private Ground ground = new Ground(Map.of(), State.EMPTY);
    /** The plug-ins as the last look left them. */
    private State.Snapshot settled = State.EMPTY.now();
    private boolean first = true;

    WatchedFolder(Path folder) {
        this.folder = folder;
    }

    /** Takes in what has changed. Returns what was refused, in sentences. */
    List<String> look(Keeper keeper, State state) throws IOException {
        Map<String, Look> now = files();
        List<String> refused = new ArrayList<>();
        Map<String, Source> strange = new TreeMap<>();
        // what was refused may need what came, or what others did meanwhile
        boolean news = !state.now().equals(settled);
        for (Map.Entry<String, Look> file : now.entrySet()) {
            // one that is being written looks different from one look to the next; what lies there at the start is taken as it is
            if (!first && !file.getValue().equals(last.get(file.getKey()))) continue;
            boolean before = file.getValue().equals(handled.get(file.getKey()));
            if (before && !waiting.contains(file.getKey())) continue;
            try {
                String sha256 = before ? "" : Store.sha256(folder.resolve(file.getKey()));
                Seen seen = state.folder().get(file.getKey());
                handled.put(file.getKey(), file.getValue());
                waiting.remove(file.getKey());
                if (seen != null && seen.sha256().equals(sha256)) continue;
                news |= !before;
                strange.put(file.getKey(), new Source(folder.resolve(file.getKey()), origin(file.getKey()), origin(file.getKey())));
            } catch (IOException e) {
                // one file that cannot be read does not keep others from coming; it is tried again
                refused.add(origin(file.getKey()) + " is refused: it cannot be read: " + Store.words(e));
            }
        }
        last = now;
        first = false;
        waiting.retainAll(now.keySet());
        waiting.addAll(strange.keySet());
        if (news && !strange.isEmpty()) takeIn(keeper, List.copyOf(strange.values()), refused);
        Ground present = new Ground(now, state);
        if (!present.equals(ground)) stuck.clear();
        ground = present;
        for (Map.Entry<String, Seen> seen : state.folder().entrySet()) {
            if (now.containsKey(seen.getKey())) continue;
            if (!stuck.containsKey(seen.getKey())) stuck.put(seen.getKey(), drop(keeper, seen.getKey(), seen.getValue()));
            refused.addAll(stuck.get(seen.getKey()));
        }
        settled = keeper.state().now();
        return refused;
    }

    private Map<String, Look> files() throws IOException {
        Map<String, Look> files = new TreeMap<>();
        if (!Files.isDirectory(folder)) return files;
        try (Stream<Path> list = Files.list(folder)) {
            for (Path file : list.filter(f -> f.getFileName().toString().endsWith(".jar") && !f.getFileName().toString().startsWith(".") && Files.isRegularFile(f)).toList())
                try {
                    files.put(file.getFileName().toString(), new Look(Files.size(file), Files.getLastModifiedTime(file).toMillis()));
                } catch (NoSuchFileException e) {
                    // taken away in this instant: the next look sees that
                }
        }
        return files;
    }

    private static String origin(String file) {
        return "folder:" + file;
    }

    /** All together, since they may need each other; if that cannot be, each that can. */
    private void takeIn(Keeper keeper, List<Source> news, List<String> refused) {
        if (put(keeper, news).isEmpty()) return;
        List<Source> left = new ArrayList<>(news);
        List<String> problems = List.of();
        for (boolean more = true; more && !left.isEmpty(); ) {
            List<String> said = new ArrayList<>();
            more = left.removeIf(one -> !said.addAll(put(keeper, List.of(one))));
            problems = said;
        }
        refused.addAll(problems);
    }

    /** Returns why it is refused; empty if it is not. */
    private List<String> put(Keeper keeper, List<Source> news) {
        try {
            change(keeper, news);
            news.forEach(n -> waiting.remove(n.said().substring(origin("").length())));
            return List.of();
        } catch (PluginException e) {
            return e.problems();
        }
    }

    private static void change(Keeper keeper, List<Source> news) throws PluginException {
        keeper.change("folder", news.stream().map(WatchedFolder::giver).toList(), true, (state, batch) -> {
            batch.check(news, "");
            State next = Keeper.wanting(state, batch.into(state.now(), Batch.Mode.PUT), "folder", batch.remarks());
            for (Candidate c : batch.candidates()) next = next.seen(c.origin().substring(origin("").length()), new Seen(c.sha256(), c.name()));
            return next;
        });
    }

    /** For the audit log: the process that sees a file is seldom that of whoever put it there. */
    private static String giver(Source file) {
        try {
            return file.said() + " of " + Files.getOwner(file.file()).getName();
        } catch (IOException e) {
            return file.said();
        }
    }

    /** Returns why it is refused; empty if it is not. */
    private static List<String> drop(Keeper keeper, String file, Seen seen) {
        try {
            keeper.change("folder", List.of("taken away: " + file), true, (state, batch) -> {
                State without = state.forgotten(file);
                // renamed: the same content lies there under another name
                Optional<String> other = without.folder().entrySet().stream().filter(f -> f.getValue().equals(seen)).map(Map.Entry::getKey).sorted().findFirst();
                List<Entry> rest = state.now().entries().stream()
                        .map(e -> e.name().equals(seen.name()) && e.origin().equals(origin(file)) && other.isPresent() ? e.from(origin(other.get())) : e)
                        .filter(e -> !(e.name().equals(seen.name()) && e.origin().equals(origin(file)))).toList();
                return Keeper.wanting(without, rest, "folder", List.of());
            });
            return List.of();
        } catch (PluginException e) {
            return e.problems().stream().map(p -> origin(file) + " was taken away, but " + seen.name() + " stays: " + p).toList();
        }
    }
}
