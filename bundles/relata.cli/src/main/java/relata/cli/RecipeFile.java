package relata.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A recipe on disk.
 *
 * @param path the file
 * @param text what is in it
 */
record RecipeFile(Path path, String text) {
    private static final long LARGEST = 1 << 20;

    /** The recipes that came with the distribution, by name. */
    static List<RecipeFile> all(Path home) throws IOException {
        Path folder = home.resolve("recipes");
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            List<RecipeFile> recipes = new ArrayList<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) recipes.add(new RecipeFile(file, Files.readString(file)));
            recipes.sort(Comparator.comparing(RecipeFile::name));
            return recipes;
        }
    }

    /**
     * A recipe by name or file. A file of that name in the current folder comes before a recipe of the distribution only if it is
     * written as a path, so that a stray file does not change what a name means.
     */
    static RecipeFile find(Path home, String recipe) throws IOException, Failure {
        Path named = home.resolve("recipes").resolve(recipe + ".yaml");
        boolean name = recipe.matches("[\\w-]+");
        Path file = name && Files.exists(named) ? named : Path.of(recipe);
        if (!Files.isRegularFile(file)) {
            String names = String.join(", ", all(home).stream().map(RecipeFile::name).toList());
            throw Failure.wrongUse("there is no recipe '" + recipe + "': neither a file nor one of " + (names.isEmpty() ? "the distribution's (it has none)" : names));
        }
        if (Files.size(file) > LARGEST) throw Failure.wrongUse(file + " has " + Memory.text(Files.size(file)) + ", but a recipe has no more than 1 MiB");
        try {
            return new RecipeFile(file, Files.readString(file));
        } catch (CharacterCodingException e) {
            throw Failure.wrongUse(file + " is not UTF-8 text");
        }
    }

    /** The file's name without its ending. */
    String name() {
        String file = path.getFileName().toString();
        int dot = file.lastIndexOf('.');
        return dot < 0 ? file : file.substring(0, dot);
    }

    /** The title that the recipe gives itself, or an empty string. */
    String title() {
        return entry("title");
    }

    /** The works that it cites, or an empty string. */
    String cite() {
        return entry("cite").replaceAll("[\\[\\]]", "");
    }

    // a list of recipes must not wait for the reader of recipes and all parts
    private String entry(String key) {
        return text.lines().filter(l -> l.startsWith(key + ":")).findFirst().map(l -> l.substring(key.length() + 1).strip().replaceAll("^[\"']|[\"']$", "")).orElse("");
    }
}
