package relata.corpus.distant;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.api.component.Ref;
import relata.api.run.Command;
import relata.api.run.Recipes;
import relata.api.run.Workbench;

/** Makes a file of distantly supervised examples: the part {@code distant}, without holding what it makes. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=corpus")
@picocli.CommandLine.Command(name = "distant", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Make examples of relations from a knowledge base and sentences with linked entities.", "",
            "A sentence that names both entities of a triple becomes an example of its relation. Beside FILE, FILE.audit.json counts what became of the candidates, and what was left out by --exclude.",
            "A CORPUS is a reader's name, a .jsonl file, or what a recipe would say: '{ use: fewrel, with: { root: DATA } }'."},
        footer = {"", "Examples:", "  relata corpus distant sentences.jsonl --triples triples.tsv --out train.jsonl",
            "  relata corpus distant wordnet-texts --facts wordnet --exclude wordnet --exclude-split test --out train.jsonl"})
public final class DistantCommand implements Command, Callable<Integer> {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private final @Nullable ComponentServiceObjects<Recipes> recipes;
    private final @Nullable ComponentServiceObjects<Workbench> workbench;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "CORPUS", description = "The sentences: a corpus whose entities have ids that hold across passages.")
    private String sentences = "";

    @Option(names = "--with", paramLabel = "KEY=VALUE", description = "A setting of the reader of the sentences, e.g. root=data; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--triples", paramLabel = "FILE", description = "The knowledge base: HEAD tab RELATION tab TAIL a line, also gzipped.")
    private Optional<Path> triples = Optional.empty();

    @Option(names = "--facts", paramLabel = "CORPUS", description = "A corpus that serves as knowledge base by its answers and facts.")
    private Optional<String> facts = Optional.empty();

    @Option(names = "--exclude", paramLabel = "CORPUS", description = "Leave out the pairs of entities that this corpus asks about, either way round; may be repeated.")
    private List<String> exclude = new ArrayList<>();

    @Option(names = "--exclude-split", paramLabel = "SPLIT", description = "Of these corpora, only this split counts; may be repeated (default: all splits).")
    private List<String> excludeSplits = new ArrayList<>();

    @Option(names = "--names", description = "Compare with --exclude by lower-cased names, not by ids.")
    private boolean names;

    @Option(names = "--texts", description = "Leave out the texts of --exclude too, with all their pairs.")
    private boolean texts;

    @Option(names = "--negative", paramLabel = "LABEL", description = "Add examples of pairs that no triple relates, with this label.")
    private Optional<String> negative = Optional.empty();

    @Option(names = "--ratio", paramLabel = "X", defaultValue = "1", description = "So many of these for each example of a relation (default: ${DEFAULT-VALUE}).")
    private String ratio = "1";

    @Option(names = "--several", paramLabel = "HOW", defaultValue = "all", description = "Where several relations hold: one example with all labels, one for each, or drop (default: ${DEFAULT-VALUE}).")
    private String several = "all";

    @Option(names = "--fewest", paramLabel = "N", defaultValue = "1", description = "Leave out pairs of entities that fewer sentences name (default: ${DEFAULT-VALUE}).")
    private String fewest = "1";

    @Option(names = "--size", paramLabel = "N", description = "At most so many related examples, of whole pairs chosen by chance (default: all).")
    private Optional<String> size = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", defaultValue = "42", description = "Seed of what is chosen by chance (default: ${DEFAULT-VALUE}).")
    private String seed = "42";

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where to write the examples, in JSON lines.")
    private Path out = Path.of("");

    @Option(names = "--json", description = "Print the audit as JSON.")
    private boolean json;

    /** With the platform's services, as far as they are there, opened when the command runs. */
    @Activate
    public DistantCommand(
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY) @Nullable ComponentServiceObjects<Recipes> recipes,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY) @Nullable ComponentServiceObjects<Workbench> workbench) {
        this.recipes = recipes;
        this.workbench = workbench;
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Optional.ofNullable(out.toAbsolutePath().getParent()).orElse(Path.of("."));
        if (Files.isDirectory(out)) throw wrong("--out " + out + " is a folder; name a file");
        if (!Files.isDirectory(folder)) throw wrong("--out " + out + ": there is no folder " + folder);
        Path auditFile = out.resolveSibling(out.getFileName() + ".audit.json");
        for (Path file : List.of(out, auditFile)) if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) throw wrong("--out " + out + ": " + file + " is there already and is not replaced; name another file");
        Ref<?> ref = open(recipes, "the reader of recipes").part("corpus", "distant", settings());
        if (!(open(workbench, "the engine").create(ref) instanceof DistantReader reader)) throw new IllegalStateException("corpus 'distant' comes from another bundle than the command");
        Audit audit = ExampleLines.write(reader, out, auditFile);
        PrintWriter to = spec.commandLine().getOut();
        if (json) to.println(GSON.toJson(audit));
        else print(audit, auditFile, to);
        to.flush();
        return 0;
    }

    private static <T> T open(@Nullable ComponentServiceObjects<T> objects, String what) {
        T service = objects == null ? null : objects.getService();
        if (service == null) throw new IllegalStateException(what + " is not running; is the feature engine-cpu started? 'relata doctor' says what is wrong");
        return service;
    }

    /** What the options say, as settings of the part, each a YAML value. */
    private Map<String, String> settings() {
        Map<String, String> yaml = new LinkedHashMap<>();
        yaml.put("sentences", corpus(sentences));
        settings.forEach((key, value) -> yaml.put("sentences.with." + key, value));
        triples.ifPresent(file -> yaml.put("triples", quoted(file.toString())));
        facts.ifPresent(name -> yaml.put("facts", corpus(name)));
        yaml.put("exclude", "[" + String.join(", ", exclude.stream().map(DistantCommand::corpus).toList()) + "]");
        yaml.put("excludeSplits", "[" + String.join(", ", excludeSplits.stream().map(DistantCommand::quoted).toList()) + "]");
        yaml.putAll(Map.of("names", String.valueOf(names), "texts", String.valueOf(texts)));
        negative.ifPresent(label -> yaml.put("negative", quoted(label)));
        yaml.putAll(Map.of("ratio", ratio, "several", several.toLowerCase(Locale.ROOT), "fewest", fewest, "seed", seed));
        size.ifPresent(n -> yaml.put("size", n));
        return yaml;
    }

    private static String corpus(String name) {
        if (name.strip().startsWith("{")) return name;
        return name.endsWith(".jsonl") ? "{ use: jsonl, with: { root: " + quoted(name) + " } }" : "{ use: " + quoted(name) + " }";
    }

    /** JSON is YAML. */
    private static String quoted(String text) {
        return GSON.toJson(text);
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    private void print(Audit a, Path auditFile, PrintWriter to) {
        int width = a.relations.keySet().stream().mapToInt(String::length).max().orElse(0);
        String row = "%-" + Math.max(width, 8) + "s %10s %10s %10s %10s%n";
        to.printf(Locale.ROOT, row, "relation", "examples", "pairs", "excluded", "pairs");
        a.relations.forEach((relation, c) -> to.printf(Locale.ROOT, row, relation, c.examples, c.pairs, c.excluded, c.excludedPairs));
        to.println("sentences that name two entities: " + a.sentences + ", triples between such entities: " + a.triples);
        to.println("left out: " + a.excluded + " by --exclude, " + a.several + " by --several, " + a.rare + " by --fewest, " + a.beyondSize + " by --size");
        to.println(a.examples + " examples of relations and " + a.negatives + " of no relation are in " + out + ", these counts in " + auditFile);
    }
}
