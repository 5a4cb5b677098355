package relata.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
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
import relata.api.component.Catalogue;
import relata.api.component.ContractResult;
import relata.api.component.Part;
import relata.api.component.Setting;
import relata.api.run.Command;

/** Shows one part: what it does, where it comes from, and its settings. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
@picocli.CommandLine.Command(name = "describe", mixinStandardHelpOptions = true, description = "Show what a part does, where it comes from, and its settings.")
public final class DescribeCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "KIND", description = "The kind, e.g. loss.")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "The part's name, e.g. nt-xent.")
    private String name = "";

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** With the platform's services. */
    @Activate
    public DescribeCommand(@Reference Services services) {
        this.services = services;
    }

    private record Page(
            String kind, String name, String summary, String source, String produces, String bundle, String version, @Nullable ContractResult contract, List<Setting> settings) {
        static Page of(Part p, Optional<ContractResult> contract) {
            return new Page(p.kind(), p.name(), p.summary(), p.source(), p.produces(), p.bundle(), p.version(), contract.orElse(null), Setting.of(p.config()));
        }
    }

    @Override
    public Integer call() throws Failure {
        Part part = find(services.catalogue(), kind, name);
        Page page = Page.of(part, services.catalogue().contract(part));
        PrintWriter out = spec.commandLine().getOut();
        if (json) out.println(Output.page(page));
        else print(page, out);
        return 0;
    }

    /** The part of that kind and name; otherwise a failure that names those there are. */
    static Part find(Catalogue catalogue, String kind, String name) throws Failure {
        if (kind.equals("recipe")) throw Failure.wrongUse("a recipe is a text: read recipes/" + name + ".yaml in the folder of Relata, or what 'relata runs show --recipe' prints of a run");
        if (kind.equals("checkpoint")) throw Failure.wrongUse("a checkpoint has no settings; 'relata describe encoder transformer' tells how to name one");
        if (!catalogue.kinds().contains(kind)) throw Failure.wrongUse("no kind is called '" + kind + "'. Kinds: " + String.join(", ", catalogue.kinds()) + ".");
        String installed = String.join(", ", catalogue.parts(kind).stream().map(Part::name).distinct().toList());
        return catalogue.find(kind, name)
                .orElseThrow(() -> Failure.wrongUse("no " + kind + " is called '" + name + "'. Installed: " + (installed.isEmpty() ? "none" : installed) + "."));
    }

    private static void print(Page page, PrintWriter out) {
        out.println(page.kind() + " " + page.name());
        if (!page.summary().isEmpty()) out.println("  " + page.summary());
        if (!page.source().isEmpty()) out.println("  Source: " + page.source());
        if (!page.produces().isEmpty()) out.println("  Gives: " + page.produces());
        out.println("  From: " + page.bundle() + " " + page.version());
        out.println("  Contract: " + Optional.ofNullable(page.contract()).map(DescribeCommand::said).orElse("not recorded in this build of its bundle"));
        if (page.settings().isEmpty()) {
            out.println("It has no settings.");
            return;
        }
        out.println("Settings");
        int columns = Terminal.ofProcess().columns();
        String table = table(page.settings()).wrapped(columns);
        if (table.lines().allMatch(l -> l.length() <= columns)) out.print(table);
        else page.settings().forEach(setting -> block(setting, columns, out));
        out.flush();
    }

    private static String said(ContractResult result) {
        String how = result.passed() ? "passed" : "failed " + result.failed() + " of";
        return how + " " + result.checks() + " checks of " + result.contract() + ", testkit " + result.testkit();
    }

    private static Table table(List<Setting> settings) {
        Table table = new Table().row("  name", "type", "default", "range", "what it does");
        for (Setting s : settings)
            table.row("  " + s.name(), s.type(), s.required() ? "(required)" : s.standard().isEmpty() ? "-" : s.standard(), s.range().isEmpty() ? "-" : s.range(), s.doc());
        return table;
    }

    /** One setting below the other, where types or defaults leave no room for columns. */
    private static void block(Setting s, int columns, PrintWriter out) {
        String standard = s.required() ? ", required" : s.standard().isEmpty() ? "" : ", default " + s.standard();
        String head = s.name() + ": " + s.type() + standard + (s.range().isEmpty() ? "" : ", in " + s.range());
        out.println("  " + String.join("\n    ", Table.lines(head, columns - 4)));
        out.println("      " + String.join("\n      ", Table.lines(s.doc(), columns - 6)));
    }
}
