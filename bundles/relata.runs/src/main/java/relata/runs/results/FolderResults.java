package relata.runs.results;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import relata.api.evaluate.Predictions;
import relata.api.result.Results;

/** The results that the stages of a run left in its folder: {@code stages/NAME/evaluation.json}, {@code shift.json} and {@code few-shot.json}, each {@code {"metrics": {name: number}}}. */
@Component(service = Results.class)
public final class FolderResults implements Results {
    private static final List<String> FILES = List.of("evaluation.json", "shift.json", "few-shot.json");

    /** Reads from the disk each time. */
    @Activate
    public FolderResults() {}

    @Override
    public Map<String, Map<String, Double>> figures(Path run) throws IOException {
        Map<String, Map<String, Double>> all = new LinkedHashMap<>();
        for (Path stage : begun(run))
            for (String name : FILES) {
                Path file = stage.resolve(name);
                if (Files.isRegularFile(file)) all.computeIfAbsent(stage.getFileName().toString(), s -> new LinkedHashMap<>()).putAll(numbers(file));
            }
        return all;
    }

    @Override
    public Optional<Predictions> answers(Path stage) throws IOException {
        return Answers.predictions(stage);
    }

    @Override
    public Optional<String> report(Path run, List<String> stages) throws IOException {
        List<String> backwards = new ArrayList<>(stages);
        Collections.reverse(backwards);
        for (String stage : backwards) {
            Path file = run.resolve("stages").resolve(stage).resolve("report.txt");
            if (Files.isRegularFile(file)) return Optional.of(Files.readString(file));
        }
        return Optional.empty();
    }

    /** The folders of the stages that have begun, in the order of the recipe, then of their names. */
    private static List<Path> begun(Path run) throws IOException {
        Path folder = run.resolve("stages");
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> list = Files.list(folder)) {
            List<String> order = recipe(run);
            return list.filter(Files::isDirectory).sorted(Comparator.comparingInt((Path stage) -> place(order, name(stage))).thenComparing(FolderResults::name)).toList();
        }
    }

    @Override
    public List<String> stages(Path run) throws IOException {
        LinkedHashSet<String> names = new LinkedHashSet<>(recipe(run));
        for (Path stage : begun(run)) names.add(name(stage));
        return List.copyOf(names);
    }

    private static int place(List<String> order, String stage) {
        int place = order.indexOf(stage);
        return place < 0 ? order.size() : place;
    }

    private static String name(Path stage) {
        return stage.getFileName().toString();
    }

    /** The stages that the resolved recipe of a run names, by its indentation: a list of runs must not wait for the reader of recipes and all parts. */
    private static List<String> recipe(Path run) throws IOException {
        Path file = run.resolve("recipe.yaml");
        if (!Files.isRegularFile(file)) return List.of();
        // as Latin-1, in which all bytes are something: names of stages are ASCII, and what else is there may be damaged
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        int start = lines.indexOf("stages:");
        if (start < 0) return List.of();
        return lines.stream().skip(start + 1L).takeWhile(l -> l.isBlank() || l.startsWith(" ")).filter(l -> l.matches("  [a-z0-9_-]+:.*")).map(l -> l.substring(2, l.indexOf(':'))).toList();
    }

    private static Map<String, Double> numbers(Path file) throws IOException {
        try {
            Map<String, Double> numbers = new LinkedHashMap<>();
            JsonElement metrics = JsonParser.parseString(Files.readString(file)).getAsJsonObject().get("metrics");
            if (metrics instanceof JsonObject object)
                for (Map.Entry<String, JsonElement> e : object.entrySet()) if (e.getValue().isJsonPrimitive()) numbers.put(e.getKey(), e.getValue().getAsDouble());
            return numbers;
        } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }
}
