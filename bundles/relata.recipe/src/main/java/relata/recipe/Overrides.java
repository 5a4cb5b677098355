package relata.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import relata.api.run.Mistake;

/** Values given on the command line, by path. The binder asks for them on its way; what nobody asked for led nowhere. */
final class Overrides {
    private final TreeMap<String, Tree> values = new TreeMap<>();
    private final Set<String> used = new TreeSet<>();

    Overrides(Map<String, String> given, List<Mistake> mistakes) {
        for (Map.Entry<String, String> e : new TreeMap<>(given).entrySet()) {
            String path = e.getKey().strip();
            int before = mistakes.size();
            Optional<Tree> tree = TreeReader.read(e.getValue(), path, 0, mistakes);
            if (mistakes.size() == before) values.put(path, tree.orElse(new Tree.Scalar("", true, 0)));
        }
    }

    /** The value given for exactly this path. */
    Optional<Tree> at(String path) {
        Tree value = values.get(path);
        if (value != null) used.add(path);
        return Optional.ofNullable(value);
    }

    /** True if a value is given for the path or for something inside it. */
    boolean reach(String path) {
        return values.keySet().stream().anyMatch(p -> p.equals(path) || isInside(p, path));
    }

    /** The paths of values inside a path, without the path itself: {@code with.rate} or {@code [0].use}. */
    List<String> inside(String path) {
        List<String> inside = new ArrayList<>();
        for (String p : values.keySet()) if (isInside(p, path)) inside.add(path.isEmpty() || p.charAt(path.length()) == '[' ? p.substring(path.length()) : p.substring(path.length() + 1));
        return inside;
    }

    /** Says that a mistake at this path is reported already, so that what lies inside it is not blamed too. */
    void forgive(String path) {
        for (String p : values.keySet()) if (p.equals(path) || isInside(p, path)) used.add(p);
    }

    /** The paths that nobody asked for. */
    List<String> unused() {
        return values.keySet().stream().filter(p -> !used.contains(p)).toList();
    }

    private static boolean isInside(String path, String outer) {
        if (outer.isEmpty()) return !path.isEmpty();
        return path.length() > outer.length() && path.startsWith(outer) && (path.charAt(outer.length()) == '.' || path.charAt(outer.length()) == '[');
    }

    /** The first key of a path. */
    static String first(String path) {
        int i = 0;
        while (i < path.length() && path.charAt(i) != '.' && path.charAt(i) != '[') i++;
        return path.substring(0, i);
    }
}
