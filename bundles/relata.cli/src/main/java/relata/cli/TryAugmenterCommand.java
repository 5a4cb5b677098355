package relata.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.api.component.Ref;
import relata.api.corpus.Example;
import relata.api.run.Command;
import relata.api.view.Augmenter;
import relata.api.view.TokenGuard;
import relata.api.view.View;

/** Shows the views that an augmenter makes of the user's examples. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.parent=try")
@picocli.CommandLine.Command(name = "augmenter", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Make views of examples. Words in [brackets] are changed, words between _underscores_ are guarded: entities and what 'keep' names.",
        footer = {"", "Example:", "  relata try augmenter synonym-replacement --with rate=0.3 --input in.jsonl"})
public final class TryAugmenterCommand implements Command, Callable<Integer> {
    private final Services services;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "NAME", description = "The augmenter.")
    private String name = "";

    @Option(names = "--with", paramLabel = "KEY=VALUE", description = "A setting of it, e.g. rate=0.2; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--input", paramLabel = "FILE", required = true, description = "Examples in JSON lines; - is standard input.")
    private String input = "-";

    @Option(names = "--n", paramLabel = "N", defaultValue = "5", description = "How often to augment each example (default: ${DEFAULT-VALUE}).")
    private int times = 5;

    @Option(names = "--seed", paramLabel = "SEED", defaultValue = "1", description = "The same seed gives the same views (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--json", description = "Print JSON lines.")
    private boolean json;

    /** With the platform's services. */
    @Activate
    public TryAugmenterCommand(@Reference Services services) {
        this.services = services;
    }

    private record Line(String example, int view, String text, List<String> tokens, List<Integer> origin, List<Integer> changed, List<Integer> guarded) {}

    @Override
    public Integer call() throws Exception {
        if (times < 1) throw Failure.wrongUse("--n was " + times + " but must be at least 1");
        DescribeCommand.find(services.catalogue(), "augmenter", name);
        Ref<?> ref = services.recipes().part("augmenter", name, settings);
        Augmenter augmenter = services.workbench().create(Inputs.cast(Augmenter.class, ref));
        TokenGuard guards = services.workbench().guards(ref);
        Terminal terminal = Terminal.ofProcess();
        RandomGenerator random = new SplittableRandom(seed);
        PrintWriter out = spec.commandLine().getOut();
        for (Example example : new Inputs(services).examples(input)) {
            BitSet guarded = guards.guarded(example);
            if (!json) out.println(example.id() + "  " + marked(View.of(example), guarded, terminal));
            int number = 0;
            for (int i = 0; i < times; i++)
                for (View view : augmenter.augment(example, random)) {
                    number++;
                    if (json) out.println(Output.line(line(view, number, guarded)));
                    else out.println("  " + number + "  " + marked(view, guarded, terminal));
                }
        }
        out.flush();
        return 0;
    }

    private static Line line(View view, int number, BitSet guarded) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < view.origin().size(); i++) if (guarded(view, i, guarded)) kept.add(i);
        return new Line(
                view.source().id(), number, view.passage().text(), view.passage().tokens(), view.origin(), view.changed().stream().boxed().toList(), kept);
    }

    private static boolean guarded(View view, int token, BitSet guarded) {
        return view.origin().get(token) >= 0 && guarded.get(view.origin().get(token));
    }

    private static String marked(View view, BitSet guarded, Terminal terminal) {
        BitSet changed = view.changed();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < view.origin().size(); i++) {
            String token = view.passage().tokens().get(i);
            if (changed.get(i)) token = terminal.green("[" + token + "]");
            if (guarded(view, i, guarded)) token = terminal.colour() ? terminal.underlined(token) : "_" + token + "_";
            text.append(i == 0 ? "" : " ").append(token);
        }
        return text.toString();
    }
}
