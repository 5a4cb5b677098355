package relata.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferenceScope;
import relata.api.plugin.Leases;
import relata.api.run.Command;

/**
 * Collects the {@link Command} services of all bundles and runs one. The launcher finds it as a function with the property
 * {@code relata.cli=host}: it shares no class with the bundles.
 */
@Component(service = ToIntFunction.class, property = "relata.cli=host")
public final class CommandLineHost implements ToIntFunction<String[]> {
    /** The service property that names the command under which a command stands. */
    static final String PARENT = "relata.command.parent";

    /** The service property of commands that work on a running server. */
    static final String CONNECT = "relata.command.connect";

    /** The service property of commands that keep no plug-ins, {@code false}. */
    static final String KEEP = "relata.command.keep";

    private final Leases leases;
    private final Map<ServiceReference<Command>, ComponentServiceObjects<Command>> commands = new ConcurrentSkipListMap<>(Comparator.reverseOrder());

    @Activate
    public CommandLineHost(@Reference Leases leases) {
        this.leases = leases;
    }

    // picocli keeps what it parsed in the fields of a command: each run needs its own
    @Reference(service = Command.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, scope = ReferenceScope.PROTOTYPE_REQUIRED)
    void addCommand(ComponentServiceObjects<Command> objects) {
        commands.put(objects.getServiceReference(), objects);
    }

    void removeCommand(ComponentServiceObjects<Command> objects) {
        commands.remove(objects.getServiceReference());
    }

    @Override
    public int applyAsInt(String[] args) {
        // UTF-8 whatever the locale: what one command writes another reads
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        List<Runnable> release = new ArrayList<>();
        try {
            List<CommandTree.Entry> entries = new ArrayList<>(), foreign = new ArrayList<>();
            List<Command> free = new ArrayList<>();
            boolean connect = Arrays.stream(args).filter(a -> !a.equals("--debug")).findFirst().filter(a -> a.equals("--connect") || a.startsWith("--connect=")).isPresent();
            commands.forEach((reference, objects) -> {
                if (connect != (reference.getProperty(CONNECT) != null)) return;
                Command command = objects.getService();
                if (command == null) return;
                release.add(() -> objects.ungetService(command));
                if (String.valueOf(reference.getProperty(KEEP)).equals("false")) free.add(command);
                Bundle giver = reference.getBundle();
                // the platform's, which are installed by reference, come first, whatever rank a plug-in gives its own
                (giver.getLocation().startsWith("reference:") ? entries : foreign)
                        .add(new CommandTree.Entry(command, Objects.toString(parent(reference), ""), giver.getSymbolicName() + " " + giver.getVersion()));
            });
            entries.addAll(foreign);
            return new CommandTree(entries, out, err).keeping(leases, free).execute(args);
        } finally {
            release.forEach(Runnable::run);
            out.flush();
            err.flush();
        }
    }

    private static @Nullable Object parent(ServiceReference<Command> reference) {
        return reference.getProperty(PARENT);
    }
}
