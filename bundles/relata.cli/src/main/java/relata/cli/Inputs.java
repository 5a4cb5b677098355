package relata.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import relata.api.component.Ref;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusException;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.CorpusWriter;
import relata.api.corpus.Example;
import relata.api.run.RecipeException;

/** Reads what the user gives to a command: a file, or standard input where the file is called {@code -}. */
final class Inputs {
    private final Services services;

    Inputs(Services services) {
        this.services = services;
    }

    /** The text of a file or of standard input. */
    static String text(String input) throws IOException, Failure {
        try {
            if (input.equals("-")) return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
            return Files.readString(file(input));
        } catch (CharacterCodingException e) {
            throw new CorpusException(input, "is not UTF-8 text");
        }
    }

    /** Examples in Relata's JSON-lines format, of all splits. */
    Corpus corpus(String input) throws IOException, Failure, RecipeException {
        if (!input.equals("-")) return read(file(input));
        Path copy = Files.createTempFile("relata-input-", ".jsonl");
        try (InputStream in = System.in) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            return read(copy);
        } catch (CorpusException e) {
            // the user gave no file of that name
            throw new CorpusException("standard input", e.getMessage().replace(copy + ": ", "").replace(copy + " ", ""));
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /** {@link #corpus}'s examples, in the order of splits and of the file. */
    List<Example> examples(String input) throws IOException, Failure, RecipeException {
        List<Example> examples = new ArrayList<>();
        corpus(input).splits().values().forEach(examples::addAll);
        if (examples.isEmpty()) throw new CorpusException(input.equals("-") ? "standard input" : input, "holds no example");
        return examples;
    }

    private Corpus read(Path file) throws IOException, Failure, RecipeException {
        return reader("jsonl", Map.of("root", quoted(file.toAbsolutePath()))).read();
    }

    /** A corpus reader by name. @param settings path within its settings to YAML value */
    CorpusReader reader(String name, Map<String, String> settings) throws Failure, RecipeException {
        DescribeCommand.find(services.catalogue(), "corpus", name);
        return services.workbench().create(cast(CorpusReader.class, services.recipes().part("corpus", name, settings)));
    }

    /** A corpus writer by name. @param settings path within its settings to YAML value */
    CorpusWriter writer(String name, Map<String, String> settings) throws Failure, RecipeException {
        DescribeCommand.find(services.catalogue(), "writer", name);
        return services.workbench().create(cast(CorpusWriter.class, services.recipes().part("writer", name, settings)));
    }

    /** A path as a YAML value: quoted, so that nothing in it is taken for YAML. */
    static String quoted(Path path) {
        return Output.line(path.toString());
    }

    /** A reference whose kind is known. */
    static <T> Ref<T> cast(Class<T> kind, Ref<?> ref) {
        if (!kind.isAssignableFrom(ref.kind())) throw new IllegalStateException("'" + ref.name() + "' is no " + kind.getSimpleName());
        @SuppressWarnings("unchecked")
        Ref<T> known = (Ref<T>) ref;
        return known;
    }

    private static Path file(String input) throws Failure {
        Path file = Path.of(input);
        if (!Files.exists(file)) throw Failure.wrongUse("there is no file " + input);
        if (Files.isDirectory(file)) throw Failure.wrongUse(input + " is a folder, not a file");
        return file;
    }
}
