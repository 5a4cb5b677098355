package relata.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import relata.api.component.Part;
import relata.api.run.RecipeException;
import relata.recipe.YamlRecipes;

/**
 * Every {@code relata} command in the documentation is one that the command line takes: names, options, recipes, the paths and values of
 * {@code -D}, the settings of {@code --with}. Words in capitals stand for something and are not looked up.
 */
class CommandLinesTest {
    private static final Path RECIPES = Project.ROOT.resolve("distribution/src/recipes");

    private final InstalledParts parts = InstalledParts.all();
    private final YamlRecipes recipes = new YamlRecipes(parts);

    /** A command and where it stands. */
    private record Line(String at, String text) {}

    @Test
    void theCommandLineTakesThem() throws IOException {
        List<String> wrong = new ArrayList<>();
        int commands = 0;
        for (Line line : lines())
            for (List<String> words : ShellWords.commands(line.text())) {
                boolean maven = words.get(0).equals("./mvnw");
                if (!maven && !words.get(0).matches("(\\./|bin/)?relata")) continue;
                commands++;
                List<String> rest = words.subList(1, words.size());
                (maven ? maven(rest) : check(rest)).ifPresent(problem -> wrong.add(line.at() + ": " + line.text() + "\n    " + problem));
            }
        assertTrue(commands > 40, "only " + commands + " commands were found: are they read rightly?");
        assertEquals("", String.join("\n", wrong));
    }

    @Test
    void wrongOnesAreFound() {
        for (String line : List.of(
                "run quikstart", "rum quickstart", "run quickstart --seed 1", "run quickstart -D stages.pretrain.with.epochs=none", "run quickstart -D stages.pretain.with.epochs=3",
                "describe loss nt-xnt", "try loss nt-xent", "try loss nt-xent --input - --with temprature=1", "list losss", "corpus stats wordnet --with size=0",
                "--connect http://127.0.0.1:8181 doctor", "run quickstart --detach"))
            assertTrue(check(List.of(line.split(" "))).isPresent(), line);
        assertEquals(Optional.empty(), check(List.of("run quickstart -D stages.pretrain.with.epochs=3 --seeds 42..44".split(" "))));
        assertEquals(Optional.empty(), check(List.of("--connect http://127.0.0.1:8181 run quickstart --detach".split(" "))));
        assertThrows(IllegalArgumentException.class, () -> ShellWords.commands("relata run 'x"));
    }

    private static List<Line> lines() throws IOException {
        List<Line> lines = new ArrayList<>();
        for (Page page : Project.pages()) {
            for (Page.Block block : page.blocks()) {
                if (!List.of("", "sh", "console").contains(block.language())) continue;
                int number = block.line();
                for (String text : block.text().replace("\\\n", " ").split("\n")) {
                    if (text.matches("(\\$ )?(\\./mvnw|(\\./|bin/)?relata) .*|.*\\| (\\./|bin/)?relata .*")) lines.add(new Line(page.at(number), text.replaceFirst("^\\$ ", "")));
                    number++;
                }
            }
            for (Page.Found span : page.spans()) if (span.text().matches("(\\./mvnw|(\\./|bin/)?relata) [a-z-].*")) lines.add(new Line(page.at(span.line()), span.text()));
        }
        return lines;
    }

    private static Optional<String> maven(List<String> words) {
        int at = words.indexOf("-pl");
        if (at < 0) return Optional.empty();
        return Arrays.stream(words.get(at + 1).split(",")).filter(m -> m.equals(m.toLowerCase(java.util.Locale.ROOT)) && !Files.exists(Project.ROOT.resolve(m).resolve("pom.xml")))
                .findFirst().map(m -> "there is no module " + m);
    }

    private Optional<String> check(List<String> words) {
        CommandLine.ParseResult parsed;
        try {
            parsed = Commands.tree(words.get(0).startsWith("--connect")).parseArgs(words.toArray(String[]::new));
        } catch (CommandLine.MissingParameterException e) {
            return isBareName(words) ? Optional.empty() : Optional.of(e.getMessage());
        } catch (CommandLine.ParameterException e) {
            return Optional.of(e.getMessage());
        }
        CommandLine.ParseResult last = parsed;
        StringBuilder command = new StringBuilder();
        while (last.hasSubcommand()) {
            last = last.subcommand();
            command.append(command.length() == 0 ? "" : " ").append(last.commandSpec().name());
        }
        if (last.isUsageHelpRequested()) return Optional.empty();
        List<String> named = new ArrayList<>();
        last.matchedPositionals().forEach(p -> named.addAll(p.originalStringValues()));
        if (named.stream().anyMatch(n -> n.matches("[A-Z]+"))) return Optional.empty();
        try {
            look(command.toString(), named, last);
            return Optional.empty();
        } catch (RecipeException | IOException | IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** True of a command that is only spoken of. */
    private static boolean isBareName(List<String> words) {
        CommandLine command = Commands.tree();
        for (String word : words) {
            command = command.getSubcommands().get(word);
            if (command == null) return false;
        }
        return true;
    }

    private void look(String command, List<String> named, CommandLine.ParseResult parsed) throws RecipeException, IOException {
        switch (command) {
            case "run" -> {
                if (!named.isEmpty()) recipe(named.get(0), map(parsed, "-D"));
            }
            case "describe" -> part(named.get(0), named.get(1), Map.of());
            case "list" -> {
                if (!named.isEmpty() && !List.of("recipe", "checkpoint").contains(named.get(0)) && !parts.kinds().contains(named.get(0)))
                    throw new IllegalArgumentException("no kind is called '" + named.get(0) + "'");
            }
            case "try augmenter", "try loss", "try encoder", "try parser" -> part(command.substring(4), named.get(0), map(parsed, "--with"));
            case "corpus stats", "corpus check" -> {
                if (parts.find("corpus", named.get(0)).isPresent()) part("corpus", named.get(0), map(parsed, "--with"));
                else recipe(named.get(0), Map.of());
            }
            case "corpus convert" -> {
                if (parts.find("corpus", named.get(0)).isPresent()) part("corpus", named.get(0), map(parsed, "--with"));
                else recipe(named.get(0), Map.of());
                part("writer", parsed.matchedOptionValue("--to", ""), map(parsed, "--with-to"));
            }
            default -> { }
        }
    }

    private void part(String kind, String name, Map<String, String> settings) throws RecipeException {
        Optional<Part> part = parts.find(kind, name);
        boolean ofTheReader = part.isEmpty() && name.startsWith("my-");
        // required settings may be missing where none is shown
        if (!ofTheReader && (part.isEmpty() || !settings.isEmpty())) recipes.part(kind, name, settings);
    }

    /** A recipe of the distribution; a file of the reader's own cannot be looked at. */
    private void recipe(String name, Map<String, String> overrides) throws IOException, RecipeException {
        if (name.endsWith(".yaml")) return;
        Path file = RECIPES.resolve(name + ".yaml");
        if (!Files.exists(file)) throw new IllegalArgumentException("the distribution has no recipe '" + name + "'");
        recipes.read(file.getFileName().toString(), Files.readString(file), overrides);
    }

    private static Map<String, String> map(CommandLine.ParseResult parsed, String option) {
        Map<String, String> values = new LinkedHashMap<>();
        if (parsed.hasMatchedOption(option)) parsed.<Map<String, String>>matchedOptionValue(option, Map.of()).forEach(values::put);
        return values;
    }
}
