package relata.kit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is written for a kind of part. Its class, its test and further files lie beside this class as resources, in the folder of the kind.
 *
 * @param kind the kind's word in recipes
 * @param about what the part that is written does, a sentence
 * @param contract the contract that its test extends
 * @param recipe what the smoke recipe has in place of {@link #USUAL}, by the name of the gap; empty where no recipe can name such a part
 * @param tried the commands that try such a part
 * @param more files beside the usual ones: name in the folder of the kind to place in the project
 */
record Blueprint(String kind, String about, String contract, Map<String, String> recipe, String tried, Map<String, String> more) {
    /** What the smoke recipe uses where the part is not used. */
    static final Map<String, String> USUAL = Map.ofEntries(
            Map.entry("corpus", "{ use: wordnet, with: { size: 200 } }"),
            Map.entry("encoder", "{ use: transformer, with: { checkpoint: minilm-l6, format: mention, pool: mention-starts, maxLength: 64 } }"),
            Map.entry("view", "{ use: random-deletion }"),
            Map.entry("batches", "{ use: shuffled, with: { size: 16 } }"),
            Map.entry("objective", "use: contrastive\n          with:\n            pairing: {{pairing}}\n            project: {{project}}\n            similarity: {{similarity}}\n            miner: {{miner}}\n            loss: {{loss}}"),
            Map.entry("pairing", "{ use: same-relation }"),
            Map.entry("project", "{ use: mlp }"),
            Map.entry("similarity", "{ use: cosine }"),
            Map.entry("miner", "{ use: none }"),
            Map.entry("loss", "{ use: supcon }"),
            Map.entry("optimiser", "{ use: adamw, with: { rate: 5e-5 } }"),
            Map.entry("classifier", "{ use: nearest-centroid }"),
            Map.entry("metrics", "[ { use: accuracy } ]"),
            Map.entry("stages", ""));

    private static final String PART = "{ use: {{name}} }";

    /** All, in the order in which a sentence becomes a number. */
    static final List<Blueprint> ALL = List.of(
            inRecipe("corpus", "Reads tab-separated lines: a relation, and a sentence in which the two entities are marked.", "CorpusReaderContract", Map.of("corpus", "{ use: {{name}}, with: { root: sample } }"),
                    Map.of("train.tsv", "sample/train.tsv", "test.tsv", "sample/test.tsv")),
            aside("writer", "Writes tab-separated lines, and reads them again: a relation, and a sentence in which the two entities are marked.", "CorpusWriterContract",
                    "relata describe writer {{name}}\nrelata corpus convert {{name}} --with root=sample --to jsonl --out lines\nrelata corpus convert {{name}} --with root=sample --to {{name}} --out copy",
                    Map.of("PartReader.java", "src/main/java/{{path}}/{{class}}Reader.java", "../corpus/train.tsv", "sample/train.tsv", "../corpus/test.tsv", "sample/test.tsv")),
            inRecipe("sampler", "Short sentences first, so that learning begins with what is easy.", "BatchSamplerContract", Map.of("batches", "{ use: {{name}}, with: { size: 16 } }")),
            inRecipe("augmenter", "Says some words twice.", "AugmenterContract", Map.of("view", PART)),
            inRecipe("guard", "Keeps numbers, and what else holds a digit.", "TokenGuardContract", Map.of("view", "{ use: random-deletion, with: { rate: 0.3, keep: [ {{part}} ] } }", "part", PART)),
            inRecipe("parser", "Makes each word depend on the one before it.", "DependencyParserContract",
                    Map.of("view", "{ use: random-deletion, with: { rate: 0.3, keep: [ { use: shortest-path, with: { parser: {{part}} } } ] } }", "part", PART)),
            inRecipe("lexicon", "Synonyms of a file with a line for each group of words that mean the same.", "LexiconContract",
                    Map.of("view", "{ use: synonym-replacement, with: { rate: 0.3, lexicon: { use: {{name}}, with: { file: synonyms.txt } } } }"), Map.of("synonyms.txt", "synonyms.txt")),
            inRecipe("pairing", "Pairs with the same relation attract each other if their entities have the same types.", "PairingContract", Map.of("pairing", PART)),
            inRecipe("encoder", "The mean of the vectors of the head's words, of the tail's, and of all words.", "EncoderContract", Map.of("encoder", PART, "optimiser", "{ use: adamw, with: { rate: 1e-2 } }")),
            inRecipe("projection", "One layer with tanh.", "ProjectionHeadContract", Map.of("project", PART)),
            inRecipe("similarity", "1 / (1 + d²), d being the Euclidean distance: Student's t.", "SimilarityContract", Map.of("similarity", PART)),
            inRecipe("miner", "Keeps the negatives that are nearest to their anchor.", "MinerContract", Map.of("miner", PART)),
            inRecipe("loss", "Pulls positives to similarity 1 and pushes negatives below a margin.", "LossContract", Map.of("loss", PART)),
            inRecipe("objective", "Spreads relation vectors evenly over the sphere.", "ObjectiveContract", Map.of("objective", USUAL.get("objective") + "\n        - {{part}}", "part", PART)),
            inRecipe("optimiser", "Goes against the sign of a gradient that is smoothed over updates.", "OptimiserContract", Map.of("optimiser", "{ use: {{name}}, with: { rate: 1e-5 } }")),
            inRecipe("classifier", "Each label is a normal distribution of each dimension: naive Bayes.", "ClassifierContract", Map.of("classifier", PART)),
            inRecipe("metric", "The mean over relations of how many of each are found.", "MetricContract", Map.of("metrics", "[ { use: accuracy }, {{part}} ]", "part", PART)),
            inRecipe("stage", "What always answering with the most frequent label of the training data would reach.", "StageContract", Map.of("stages", "  baseline: { use: {{name}}, with: { split: test } }\n")),
            aside("command", "Counts the installed parts of each kind.", "CommandContract", "relata {{name}}\nrelata {{name}} --json", Map.of()));

    private static Blueprint inRecipe(String kind, String about, String contract, Map<String, String> recipe) {
        return inRecipe(kind, about, contract, recipe, Map.of());
    }

    private static Blueprint inRecipe(String kind, String about, String contract, Map<String, String> recipe, Map<String, String> more) {
        return new Blueprint(kind, about, contract, recipe, "relata describe {{kind}} {{name}}\nrelata run smoke.yaml", more);
    }

    private static Blueprint aside(String kind, String about, String contract, String tried, Map<String, String> more) {
        return new Blueprint(kind, about, contract, Map.of(), tried, more);
    }

    /** That of a kind. @throws IllegalArgumentException if there is none */
    static Blueprint of(String kind) {
        return ALL.stream().filter(b -> b.kind().equals(kind)).findFirst().orElseThrow(() -> new IllegalArgumentException("there is no kind '" + kind + "'; there are: " + String.join(", ", kinds())));
    }

    /** The words of all kinds. */
    static List<String> kinds() {
        return ALL.stream().map(Blueprint::kind).sorted().toList();
    }

    /** True if a recipe can name such a part. */
    boolean hasRecipe() {
        return !recipe.isEmpty();
    }

    /** The resources that make the project, by their places in it; both may have gaps. */
    Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("pom.xml", "pom.xml");
        files.put("README.md", "README.md");
        files.put(".gitignore", "gitignore");
        files.put("src/main/java/{{path}}/{{class}}.java", kind + "/Part.java");
        files.put("src/test/java/{{path}}/{{class}}Test.java", kind + "/PartTest.java");
        if (hasRecipe()) files.put("smoke.yaml", "smoke.yaml");
        new ArrayList<>(more.keySet()).stream().sorted().forEach(resource -> files.put(more.get(resource), resource.startsWith("../") ? resource.substring(3) : kind + "/" + resource));
        return files;
    }

    /** What fills the gaps that do not depend on names. */
    Map<String, String> gaps() {
        Map<String, String> gaps = new LinkedHashMap<>(USUAL);
        gaps.putAll(recipe);
        gaps.putAll(Map.of("kind", kind, "about", about, "contract", contract, "tried", tried.indent(4).stripTrailing()));
        return gaps;
    }
}
