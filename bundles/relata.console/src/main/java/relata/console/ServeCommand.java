package relata.console;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import relata.api.run.Command;
import relata.api.run.Interrupts;
import relata.console.rest.Jobs;
import relata.console.rest.Role;
import relata.console.rest.Site;

/** Serves the console and the REST API until it is interrupted. */
@Component(service = Command.class, scope = ServiceScope.PROTOTYPE, property = "relata.command.keep=false")
@picocli.CommandLine.Command(name = "serve", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Serve the web console and the REST API on this machine. Ctrl-C stops; runs that it works on can be resumed.",
        footer = {"", "Examples:", "  relata serve", "  relata serve --port 0 --runs experiments"})
public final class ServeCommand implements Command, Callable<Integer> {
    private final BundleContext context;
    private final ComponentServiceObjects<Site> sites;
    private final ComponentServiceObjects<Gate> gates;
    private final ComponentServiceObjects<Jobs> jobs;
    private final ComponentServiceObjects<Interrupts> interrupts;
    private final ServiceComponentRuntime components;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8181", description = "Where to listen, on 127.0.0.1 only; 0: any port that is free (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--runs", paramLabel = "DIR", defaultValue = "runs", description = "Where runs are kept (default: ${DEFAULT-VALUE}).")
    private Path runs = Path.of("runs");

    @Option(names = "--tokens", paramLabel = "FILE", description = "The file of the tokens (default: relata/tokens in $XDG_CONFIG_HOME or ~/.config). It is made if it is not there.")
    private Path tokens = Tokens.standard();

    @Option(names = "--uploads", description = "Let operators upload plug-ins; without it, they are installed by 'relata plugin install' only.")
    private boolean uploads;

    /** With what it opens; other commands leave all of it asleep. */
    @Activate
    public ServeCommand(
            BundleContext context, @Reference ComponentServiceObjects<Site> sites, @Reference ComponentServiceObjects<Gate> gates,
            @Reference ComponentServiceObjects<Jobs> jobs, @Reference ComponentServiceObjects<Interrupts> interrupts,
            @Reference ServiceComponentRuntime components) {
        this.context = context;
        this.sites = sites;
        this.gates = gates;
        this.jobs = jobs;
        this.interrupts = interrupts;
        this.components = components;
    }

    @Override
    public Integer call() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        interrupts.getService().listen(end::countDown);
        Tokens valid = Tokens.of(tokens);
        gates.getService().open(valid);
        sites.getService().serve(runs, uploads);
        try (HttpServer server = HttpServer.start(context, port)) {
            PrintWriter out = spec.commandLine().getOut();
            greet(server, valid, out);
            out.flush();
            new Composition(components, context.getBundle().getBundleId()).problems().forEach(this::warn);
            end.await();
            finish(jobs.getService());
        }
        return 0;
    }

    /** The server answers until the last run has stopped. */
    private void finish(Jobs working) throws InterruptedException {
        if (working.end()) warn("the run that is under way stops at its next safe point; Ctrl-C once more ends at once");
        working.await();
    }

    private void warn(String text) {
        spec.commandLine().getErr().println("relata: " + text);
        spec.commandLine().getErr().flush();
    }

    private void greet(HttpServer server, Tokens valid, PrintWriter out) {
        out.println("Relata is at " + server.address());
        out.println("Runs are in " + runs);
        if (!valid.made()) {
            out.println("Tokens are in " + valid.file());
            return;
        }
        out.println("Log in with one of these tokens. They are shown this once, and kept in " + valid.file() + ":");
        for (Role role : Role.values()) out.println(String.format("  %-8s  %s", role.word(), valid.all().get(role)));
    }
}
