package relata.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private final Path folder;
    private Map<String, Look> last = new HashMap<>();
    private final Map<String, Look> handled = new HashMap<>();
    private boolean first = true;

    WatchedFolder(Path folder) {
        this.folder = folder;
    }

    /** Takes in what has changed. Returns what was refused, in sentences. */
    List<String> look(Keeper keeper, State state) throws IOException {
        Map<String, Look> now = files();
        List<Source> news = new ArrayList<>();
        Map<String, String> hashes = new HashMap<>();
        for (Map.Entry<String, Look> file : now.entrySet()) {
            // one that is being written looks different from one look to the next; what lies there at the start is taken as it is
            if (!first && !file.getValue().equals(last.get(file.getKey())) || file.getValue().equals(handled.get(file.getKey()))) continue;
            String sha256 = Store.sha256(folder.resolve(file.getKey()));
            handled.put(file.getKey(), file.getValue());
            Seen seen = state.folder().get(file.getKey());
            if (seen != null && seen.sha256().equals(sha256)) continue;
            hashes.put(file.getKey(), sha256);
            news.add(new Source(folder.resolve(file.getKey()), origin(file.getKey())));
        }
        last = now;
        first = false;
        List<String> refused = new ArrayList<>();
        takeIn(keeper, news, refused);
        for (Map.Entry<String, Seen> seen : state.folder().entrySet()) if (!now.containsKey(seen.getKey())) drop(keeper, seen.getKey(), seen.getValue(), refused);
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
    private static void takeIn(Keeper keeper, List<Source> news, List<String> refused) {
        if (news.isEmpty()) return;
        try {
            put(keeper, news);
        } catch (PluginException e) {
            if (news.size() == 1) refused.addAll(e.problems());
            else for (Source one : news) takeIn(keeper, List.of(one), refused);
        }
    }

    private static void put(Keeper keeper, List<Source> news) throws PluginException {
        keeper.change("folder", news.stream().map(Source::said).toList(), true, (state, batch) -> {
            batch.check(news, "");
            State next = Keeper.wanting(state, batch.into(state.now(), Batch.Mode.PUT), "folder", batch.remarks());
            for (Candidate c : batch.candidates()) next = next.seen(c.origin().substring(origin("").length()), new Seen(c.sha256(), c.name()));
            return next;
        });
    }

    private static void drop(Keeper keeper, String file, Seen seen, List<String> refused) {
        try {
            keeper.change("folder", List.of("taken away: " + file), true, (state, batch) -> {
                List<Entry> rest = state.now().entries().stream().filter(e -> !(e.name().equals(seen.name()) && e.origin().equals(origin(file)))).toList();
                return Keeper.wanting(state, rest, "folder", List.of()).forgotten(file);
            });
        } catch (PluginException e) {
            refused.addAll(e.problems());
        }
    }
}
