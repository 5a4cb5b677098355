package relata.console.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A recipe that takes seconds, and its sentences: which things are alive? */
final class SmallRuns {
    private static final List<String> ANIMALS = List.of("dog", "cat", "horse", "cow", "sheep", "pig", "goat", "hen");
    private static final List<String> TOOLS = List.of("hammer", "saw", "drill", "axe", "knife", "spade", "rake", "file");
    private static final int TRAINED = 6;

    private SmallRuns() {}

    /** @param folder where {@link #data} wrote */
    static String recipe(Path folder, int epochs) {
        return """
                recipe: small
                title: Which things are alive?
                seed: 1
                corpus: { use: jsonl, with: { root: %s } }
                encoder: { use: cnn, with: { filters: 8, wordSize: 8, positionSize: 4, maxLength: 16 } }
                stages:
                  train:
                    use: train
                    with:
                      split: train
                      batches: { use: shuffled, with: { size: 2 } }
                      objectives: [ { use: cross-entropy } ]
                      optimiser: { use: sgd, with: { rate: 0.1 } }
                      epochs: %d
                      best: { split: dev, metric: { use: f1 }, number: micro-f1 }
                  test: { use: evaluate, with: { model: train, split: test } }
                """.formatted(folder.resolve("data"), epochs);
    }

    /** Writes the sentences. */
    static void data(Path folder) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        for (String split : List.of("train", "dev", "test")) {
            boolean train = split.equals("train");
            StringBuilder lines = new StringBuilder();
            for (int i = train ? 0 : TRAINED; i < (train ? TRAINED : ANIMALS.size()); i++)
                lines.append(example(split, ANIMALS.get(i), "animal", "living")).append(example(split, TOOLS.get(i), "tool", "made"));
            Files.writeString(data.resolve(split + ".jsonl"), lines);
        }
    }

    private static String example(String split, String head, String tail, String relation) {
        return "{\"id\": \"%s %s\", \"tokens\": [\"a\", \"%s\", \"is\", \"a\", \"kind\", \"of\", \"%s\"], \"head\": {\"start\": 1, \"end\": 2}, \"tail\": {\"start\": 6, \"end\": 7}, \"relation\": \"%s\"}\n".formatted(split, head, head, tail, relation);
    }
}
