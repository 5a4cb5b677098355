package relata.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import relata.api.run.RunFolder;
import relata.api.run.RunGroup;

/** Finds runs by what users write: an id, the beginning of one, a path, {@code last}, a group's id or its beginning, or a pattern with {@code *} and {@code ?}. */
final class RunSelection {
    private final Services services;
    private final Path root;

    /** @param root where runs are kept */
    RunSelection(Services services, Path root) {
        this.services = services;
        this.root = root;
    }

    /** True for a word that may stand for several runs. */
    static boolean several(String word) {
        return word.startsWith(RunGroup.PREFIX) || word.contains("*") || word.contains("?");
    }

    /** The runs of all words, each once, in the order of the words, then of time. */
    List<RunFolder> find(List<String> words) throws Failure, IOException {
        Map<Path, RunFolder> found = new LinkedHashMap<>();
        for (String word : words) for (RunFolder run : find(word)) found.put(run.path(), run);
        return List.copyOf(found.values());
    }

    private List<RunFolder> find(String word) throws Failure, IOException {
        if (word.startsWith(RunGroup.PREFIX)) return group(word);
        if (!several(word)) return List.of(services.runs().open(root, word));
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + word.replaceAll("([\\[\\]{}\\\\])", "\\\\$1"));
        List<RunFolder> found = services.runs().list(root).stream().filter(run -> matcher.matches(Path.of(run.id()))).toList();
        if (found.isEmpty()) throw Failure.failed("no run in " + root + " fits '" + word + "'");
        return found;
    }

    /** The runs of one group. @param word its id, or a beginning that no other has */
    List<RunFolder> group(String word) throws Failure, IOException {
        Map<String, List<RunFolder>> groups = new LinkedHashMap<>();
        for (RunFolder run : services.runs().list(root)) run.group().ifPresent(g -> groups.computeIfAbsent(g.id(), id -> new ArrayList<>()).add(run));
        if (groups.containsKey(word)) return groups.get(word);
        TreeSet<String> fits = new TreeSet<>(groups.keySet());
        fits.removeIf(id -> !id.startsWith(word));
        if (fits.size() > 1) throw Failure.failed("'" + word + "' fits " + fits.size() + " groups: " + String.join(", ", fits) + ". Write more of the name.");
        if (fits.isEmpty()) throw Failure.failed("there is no group '" + word + "' in " + root + ". " + (groups.isEmpty() ? "There are none." : "There are: " + String.join(", ", groups.keySet()) + "."));
        return groups.get(fits.first());
    }
}
