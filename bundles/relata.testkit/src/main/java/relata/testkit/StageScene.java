package relata.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import relata.api.component.Parts;
import relata.api.corpus.Corpus;
import relata.api.run.Progress;
import relata.api.run.Recipe;
import relata.api.run.StageContext;

/** A run of one stage, which can be stopped at a wanted place and looked into afterwards. */
final class StageScene implements StageContext {
    private final Path stages;
    private final String name;
    private final Recipe recipe;
    private final Corpus corpus;
    private final Parts parts;
    private final List<Map<String, Object>> metrics = new ArrayList<>();
    private int stopAt = Integer.MAX_VALUE;
    private int asked;

    /** @param stages where each stage has its folder */
    StageScene(Path stages, String name, Recipe recipe, Corpus corpus, Parts parts) throws IOException {
        this.stages = stages;
        this.name = name;
        this.recipe = recipe;
        this.corpus = corpus;
        this.parts = parts;
        Files.createDirectories(stages.resolve(name));
    }

    /** Stops at that call of {@link #checkStop}. */
    StageScene stopAt(int call) {
        stopAt = call;
        return this;
    }

    /** Gets ready for the stage to be called again, as after an interruption. */
    void again() {
        stopAt = Integer.MAX_VALUE;
        metrics.removeIf(line -> !line.containsKey("step"));
    }

    /** How often it was asked whether to stop. */
    int asked() {
        return asked;
    }

    /** Each file of the stage's result with its bytes as text. */
    Map<String, String> files() {
        return files(stages.resolve(name));
    }

    /** The same of the other stages. */
    Map<String, String> others() {
        Map<String, String> others = files(stages.getParent());
        others.keySet().removeIf(file -> file.startsWith("stages/" + name + "/"));
        return others;
    }

    /** The beginning of a file of the result, or that there is none. */
    String text(String file) {
        String text = files().getOrDefault(file, "(not there)");
        return text.length() > 500 ? text.substring(0, 500) + "…" : text;
    }

    /** What was told, line by line. */
    List<Map<String, Object>> metrics() {
        return metrics;
    }

    private static Map<String, String> files(Path folder) {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList())
                files.put(folder.relativize(file).toString().replace('\\', '/'), new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Recipe recipe() {
        return recipe;
    }

    @Override
    public Corpus corpus() {
        return corpus;
    }

    @Override
    public Path folder() {
        return stages.resolve(name);
    }

    @Override
    public Path folder(String stage) {
        return stages.resolve(stage);
    }

    @Override
    public Parts parts() {
        return parts;
    }

    @Override
    public long seed(String purpose) {
        return Arrays.hashCode(new long[] {recipe.seed(), name.hashCode(), purpose.hashCode()});
    }

    @Override
    public void metric(Map<String, Object> values) {
        metrics.add(new LinkedHashMap<>(values));
    }

    @Override
    public void rewind(long step) {
        metrics.removeIf(line -> line.get("step") instanceof Number n && n.longValue() > step);
    }

    @Override
    public void progress(Progress progress) {
        if (progress.done() < 0 || progress.total() > 0 && progress.done() > progress.total())
            throw new AssertionError("progress goes from 0 to the total (0 if unknown), but was " + progress);
    }

    @Override
    public void say(String text) {
        if (text.isBlank()) throw new AssertionError("a stage that says something must say more than nothing");
    }

    @Override
    public void checkStop() throws InterruptedException {
        if (asked++ == stopAt) throw new InterruptedException("asked to stop");
    }
}
