package relata.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.api.component.ContractResult;
import relata.api.component.Part;
import relata.api.run.Checkpoints;
import relata.api.run.Command;

/** Lists the installed parts, recipes and pretrained models. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
@picocli.CommandLine.Command(name = "list", mixinStandardHelpOptions = true,
        description = "List what is installed: the parts of a kind, e.g. loss; recipe; checkpoint. Without a kind: everything.")
public final class ListCommand implements Command, Callable<Integer> {
    private static final String RECIPE = "recipe";
    private static final String CHECKPOINT = "checkpoint";

    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", arity = "0..1", paramLabel = "KIND", description = "The kind, e.g. loss, augmenter, encoder.")
    private String kind = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** With the platform's services. */
    @Activate
    public ListCommand(@Reference Services services) {
        this.services = services;
    }

    /** A line of the list. */
    private record Item(String kind, String name, String summary, String source, String bundle, String version, @Nullable ContractResult contract) {
        static Item of(Part p, Optional<ContractResult> contract) {
            return new Item(p.kind(), p.name(), p.summary(), p.source(), p.bundle(), p.version(), contract.orElse(null));
        }
    }

    @Override
    public Integer call() throws Failure, IOException {
        TreeSet<String> kinds = new TreeSet<>(services.catalogue().kinds());
        kinds.add(RECIPE);
        kinds.add(CHECKPOINT);
        if (!kind.isEmpty() && !kinds.contains(singular())) throw Failure.wrongUse("no kind is called '" + kind + "'. Kinds: " + String.join(", ", kinds) + ".");
        List<Item> items = new ArrayList<>();
        for (String k : kind.isEmpty() ? kinds : List.of(singular())) items.addAll(items(k));
        PrintWriter out = spec.commandLine().getOut();
        if (json) out.println(Output.page(items));
        else print(items, out);
        return 0;
    }

    /** {@code losses} is understood too. */
    private String singular() throws Failure {
        if (services.catalogue().kinds().contains(kind)) return kind;
        if (kind.endsWith("sses")) return kind.substring(0, kind.length() - 2);
        return kind.endsWith("s") ? kind.substring(0, kind.length() - 1) : kind;
    }

    private List<Item> items(String of) throws Failure, IOException {
        List<Item> items = new ArrayList<>();
        if (of.equals(RECIPE))
            for (RecipeFile recipe : RecipeFile.all(services.home())) items.add(new Item(RECIPE, recipe.name(), recipe.title(), recipe.cite(), "", "", null));
        else if (of.equals(CHECKPOINT))
            for (Checkpoints giver : services.checkpoints()) for (String name : giver.names()) items.add(new Item(CHECKPOINT, name, "", "", "", "", null));
        else for (Part p : services.catalogue().parts(of)) items.add(Item.of(p, services.catalogue().contract(p)));
        return items;
    }

    private void print(List<Item> items, PrintWriter out) {
        Map<String, Table> tables = new LinkedHashMap<>();
        for (Item i : items) {
            List<String> row = new ArrayList<>(List.of("  " + i.name(), i.summary() + (i.source().isEmpty() ? "" : " [" + i.source() + "]")));
            // recipes and checkpoints have none
            if (!i.bundle().isEmpty()) row.add(1, i.contract() == null ? "-" : i.contract().passed() ? "passed" : "failed");
            tables.computeIfAbsent(i.kind(), k -> new Table()).row(row.toArray());
        }
        if (tables.isEmpty()) out.println("Nothing of this kind is installed.");
        tables.forEach((k, table) -> {
            out.println(k);
            out.print(table);
        });
        if (items.stream().anyMatch(i -> !i.bundle().isEmpty())) out.println("Second column: the contract of the kind, when the part's bundle was built (- is not recorded).");
        out.flush();
    }
}
