package relata.kit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a new plug-in.
 *
 * @param files their texts by their places in the project
 */
public record NewProject(Map<String, String> files) {
    private static final Pattern GAP = Pattern.compile("\\{\\{(\\w+)\\}\\}");
    /** The simple names of classes that a source imports or holds. */
    private static final Pattern CLASS = Pattern.compile("(?m)^(?:import [\\w.]*\\.|    .*\\b(?:class|record) )(\\w+)");
    /**
     * Makes them in memory.
     *
     * @param kind of part
     * @param names what all is called
     * @param installation that it is built against
     * @throws IllegalArgumentException if there is no such kind, or the class would have the name of one that it uses
     * @throws IOException if the installation has no repository
     */
    public static NewProject of(String kind, Names names, Installation installation) throws IOException {
        Blueprint blueprint = Blueprint.of(kind);
        Path parent = installation.parent();
        if (!Files.exists(parent)) throw new IOException("this installation has no " + parent + ", which plug-ins are built with: unpack the distribution anew");
        Map<String, String> gaps = new HashMap<>(blueprint.gaps());
        gaps.putAll(names.gaps());
        gaps.put("home", xml(installation.home().toString()));
        gaps.put("version", installation.version());
        Map<String, String> files = new LinkedHashMap<>();
        for (Map.Entry<String, String> file : blueprint.files().entrySet()) files.put(filled(file.getKey(), gaps), filled(resource(file.getValue()), gaps));
        files.put(".mvn/relata.plugin.parent.xml", Files.readString(parent));
        checkClass(names, files);
        return new NewProject(files);
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static void checkClass(Names names, Map<String, String> files) {
        String type = names.type();
        boolean used = files.entrySet().stream().filter(f -> f.getKey().endsWith(".java")).flatMap(f -> CLASS.matcher(f.getValue()).results()).map(m -> m.group(1)).anyMatch(type::equals);
        if (!used && !List.of("Config", "Object", "String", "Override", "Record", "Math", "Integer", "Double", "Float", "Iterable", "Character", "System").contains(type)) return;
        throw new IllegalArgumentException("the part cannot be called '" + names.name() + "': its class would be " + type + ", which is the name of a class that it uses");
    }

    /** A template with its gaps filled; what fills a gap may have gaps. */
    private static String filled(String template, Map<String, String> gaps) {
        return GAP.matcher(template).replaceAll(gap -> Matcher.quoteReplacement(filled(value(gap, gaps), gaps)));
    }

    private static String value(MatchResult gap, Map<String, String> gaps) {
        String value = gaps.get(gap.group(1));
        if (value == null) throw new IllegalStateException("nothing fills the gap " + gap.group());
        return value;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = NewProject.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("the kit has no resource " + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Writes them, all or none: they are written beside, then moved. A folder that is there stays the same one: somebody may be in it, or something mounted on it.
     *
     * @param folder is made, unless it is there and empty
     * @throws IOException if it holds something, or cannot be written
     */
    void write(Path folder) throws IOException {
        Path place = folder.toAbsolutePath().normalize();
        Path above = place.getParent();
        if (above == null) throw new IOException(folder + " cannot be the folder of a project");
        refuseFull(place);
        Files.createDirectories(above);
        boolean there = Files.exists(place);
        Path beside = Files.createTempDirectory(there ? place : above, "." + place.getFileName() + ".part-");
        try {
            // a folder of its own: a temporary one is closed to others
            Path whole = Files.createDirectory(beside.resolve("project"));
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = whole.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
            if (there) moveAll(whole, place);
            else Files.move(whole, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
            throw full(place);
        } finally {
            delete(beside);
        }
    }

    private static void moveAll(Path from, Path to) throws IOException {
        List<Path> moved = new ArrayList<>();
        try (Stream<Path> children = Files.list(from)) {
            for (Path child : children.sorted().toList()) {
                Path target = to.resolve(child.getFileName());
                Files.move(child, target);
                moved.add(target);
            }
        } catch (IOException e) {
            for (Path one : moved) delete(one);
            throw e;
        }
    }

    private static void refuseFull(Path place) throws IOException {
        if (!Files.exists(place)) return;
        if (!Files.isDirectory(place)) throw new IOException(place + " is a file, but the folder of the new project was expected; --out names another place");
        try (Stream<Path> files = Files.list(place)) {
            if (files.findAny().isPresent()) throw full(place);
        }
    }

    private static IOException full(Path place) {
        return new IOException(place + " is there already, and not empty: nothing was written. --out names another place");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
