package relata.recipe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.component.Catalogue;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Kind;
import relata.api.component.Part;
import relata.api.component.Ref;
import relata.api.corpus.CorpusReader;
import relata.api.run.Mistake;
import relata.api.run.Recipe;
import relata.api.run.RecipeException;
import relata.api.run.Recipes;
import relata.api.run.Stage;

/** Recipes in YAML, over the parts that are installed. */
@Component(service = Recipes.class)
public final class YamlRecipes implements Recipes {
    private final Catalogue catalogue;

    /** @param catalogue the installed parts */
    @Activate
    public YamlRecipes(@Reference Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Stands for the encoder's interface, which speaks of tensors and so is not seen from here; only its kind counts. */
    @Kind("encoder")
    interface AnyEncoder {}

    /** The top level of a recipe, bound like any settings. */
    record Top(
            @Doc("The recipe's name; the file's name if not given.") Optional<String> recipe,
            @Doc("One line for people.") @Default("") String title,
            @Doc("Keys of the works that it follows.") @Default("[]") List<String> cite,
            @Doc("The seed of everything random.") @Default("42") long seed,
            @Doc("Where the examples come from.") Ref<CorpusReader> corpus,
            @Doc("The encoder.") Ref<AnyEncoder> encoder,
            @Doc("The stages by name.") Map<String, Ref<Stage>> stages) {}

    @Override
    public Recipe read(String source, String yaml, Map<String, String> overrides) throws RecipeException {
        List<Mistake> mistakes = new ArrayList<>();
        Overrides given = new Overrides(overrides, mistakes);
        Tree.Mapping tree = mapping(source, yaml, mistakes);
        Binder binder = new Binder(catalogue, given, mistakes);
        Optional<Top> top = binder.record(Top.class, tree, "", tree.line(), "a key of a recipe");
        List<String> order = stages(binder, tree, mistakes);
        Optional<String> name = top.map(t -> t.recipe().orElseGet(() -> nameOf(source)));
        if (name.isPresent() && name.get().isBlank()) mistakes.add(new Mistake(line(tree, "recipe"), "recipe", "must not be blank."));
        leftOver(given, mistakes);
        check(source, mistakes);
        return recipe(top.orElseThrow(), name.orElseThrow(), order);
    }

    private static Tree.Mapping mapping(String source, String yaml, List<Mistake> mistakes) throws RecipeException {
        int before = mistakes.size();
        Optional<Tree> tree = TreeReader.read(yaml, "", TreeReader.OWN_LINES, mistakes);
        if (tree.isPresent() && tree.get() instanceof Tree.Mapping mapping) return mapping;
        if (mistakes.size() == before) {
            String found = tree.map(t -> "it holds " + t.shown()).orElse("it is empty");
            mistakes.add(new Mistake(1, "", "a recipe is a map with the keys corpus, encoder and stages, but " + found + "."));
        }
        throw new RecipeException(source, sorted(mistakes));
    }

    private static List<String> stages(Binder binder, Tree.Mapping tree, List<Mistake> mistakes) {
        Map<String, Optional<Part>> stages = new LinkedHashMap<>();
        for (Binder.Key key : binder.keys("stages")) {
            stages.put(key.name(), binder.part("stages." + key.name()));
            if (!isStageName(key.name()))
                mistakes.add(new Mistake(key.line(), "stages." + key.name(), "is not a name for a stage: use lower-case letters, digits, - and _, at most 60, a letter or digit first."));
        }
        if (stages.isEmpty() && tree.get("stages").filter(Tree.Mapping.class::isInstance).isPresent())
            mistakes.add(new Mistake(line(tree, "stages"), "stages", "must hold at least one stage."));
        return new StageGraph(stages, binder.stageNames(), mistakes).order();
    }

    private static boolean isStageName(String name) {
        return !name.isEmpty() && name.length() <= 60 && name.charAt(0) != '-' && name.charAt(0) != '_'
                && name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_');
    }

    private static Recipe recipe(Top top, String name, List<String> order) {
        Map<String, Ref<Stage>> stages = new LinkedHashMap<>();
        for (String stage : order) stages.put(stage, Optional.ofNullable(top.stages().get(stage)).orElseThrow());
        Top whole = new Top(Optional.of(name), top.title(), top.cite(), top.seed(), top.corpus(), top.encoder(), stages);
        String yaml = TreePrinter.block((Tree.Mapping) ValueTree.of(whole));
        return new Recipe(name, top.title(), top.cite(), top.seed(), top.corpus(), top.encoder(), stages, yaml);
    }

    @Override
    public Ref<?> part(String kind, String name, Map<String, String> settings) throws RecipeException {
        List<Mistake> mistakes = new ArrayList<>();
        Overrides given = new Overrides(settings, mistakes);
        Optional<Part> part = catalogue.find(kind, name);
        String source = kind + " " + name;
        if (part.isEmpty()) {
            List<String> installed = catalogue.parts(kind).stream().map(Part::name).distinct().toList();
            String none = Names.known("Kinds with parts", catalogue.parts().stream().map(Part::kind).distinct().toList(), kind, "No part is installed.");
            mistakes.add(new Mistake(0, "", "no " + kind + " is called '" + name + "'. " + Names.known("Installed", installed, name, "No part of this kind is installed. " + none)));
            throw new RecipeException(source, mistakes);
        }
        Optional<? extends Record> config = new Binder(catalogue, given, mistakes)
                .record(part.get().config(), new Tree.Mapping(Map.of(), 0), "", 0, "a setting of '" + name + "'");
        leftOver(given, mistakes);
        check(source, mistakes);
        return ref(part.get().type(), name, config.orElseThrow());
    }

    @Override
    public Map<String, String> settings(String source, String yaml) throws RecipeException {
        List<Mistake> mistakes = new ArrayList<>();
        Tree.Mapping tree = mapping(source, yaml, mistakes);
        check(source, mistakes);
        Map<String, String> settings = new LinkedHashMap<>();
        tree.flatten("", settings);
        return settings;
    }

    @Override
    public String render(Ref<?> ref) {
        return TreePrinter.flow(ValueTree.of(ref));
    }

    @Override
    public Ref<?> parse(String kind, String rendered) throws RecipeException {
        List<Mistake> mistakes = new ArrayList<>();
        Optional<Tree> tree = TreeReader.read(rendered, "", TreeReader.OWN_LINES, mistakes);
        Optional<Ref<?>> ref = tree.flatMap(t -> new Binder(catalogue, new Overrides(Map.of(), mistakes), mistakes).ref(t, kind));
        if (tree.isEmpty() && mistakes.isEmpty()) mistakes.add(new Mistake(1, "", "a part is written { use: NAME, with: { … } }, but the text is empty."));
        check(kind, mistakes);
        return ref.orElseThrow();
    }

    @Override
    public String schema() {
        return Schema.of(catalogue);
    }

    private static <T> Ref<T> ref(Class<T> type, String name, Record config) {
        return new Ref<>(type, name, config);
    }

    private static void leftOver(Overrides given, List<Mistake> mistakes) {
        for (String path : given.unused()) mistakes.add(new Mistake(0, path, "leads nowhere: nothing in the recipe has this path."));
    }

    private static void check(String source, List<Mistake> mistakes) throws RecipeException {
        if (!mistakes.isEmpty()) throw new RecipeException(source, sorted(mistakes));
    }

    /** In the order of the file, those of the command line last. */
    private static List<Mistake> sorted(List<Mistake> mistakes) {
        return mistakes.stream().sorted(Comparator.comparingInt(m -> m.line() == 0 ? Integer.MAX_VALUE : m.line())).toList();
    }

    private static int line(Tree.Mapping tree, String key) {
        return Optional.ofNullable(tree.entries().get(key)).map(Tree.Entry::line).orElse(tree.line());
    }

    /** {@code recipes/bert-clre.yaml} is {@code bert-clre}. */
    private static String nameOf(String source) {
        String file = source.substring(Math.max(source.lastIndexOf('/'), source.lastIndexOf('\\')) + 1);
        String name = file.endsWith(".yaml") ? file.substring(0, file.length() - 5) : file.endsWith(".yml") ? file.substring(0, file.length() - 4) : file;
        return name.isBlank() ? "recipe" : name;
    }
}
