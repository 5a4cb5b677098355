package relata.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;
import relata.api.plugin.Leases;
import relata.api.plugin.PluginException;
import relata.api.run.Command;
import relata.api.run.PlanException;
import relata.api.run.RecipeException;

/** A picocli tree over commands, with one way to report errors: a sentence, never a stack trace unless asked for. */
final class CommandTree {
    /** A command and the name of the one that it stands under, or an empty string. @param giver the bundle that offers it, for people */
    record Entry(Command command, String parent, String giver) {
        /** One of the platform's own. */
        Entry(Command command, String parent) {
            this(command, parent, "relata.cli");
        }
    }

    @CommandLine.Command(name = "relata", mixinStandardHelpOptions = true, versionProvider = Version.class, synopsisSubcommandLabel = "COMMAND",
            description = "Contrastive relation extraction from replaceable parts.", sortOptions = false,
            footer = {"", "Exit codes: 0 fine, 1 failed, 2 wrong use, 3 the platform does not start.", "Start with: relata run quickstart"})
    static final class Root implements Runnable {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--features", paramLabel = "NAMES", description = "Start only these features, separated by commas; must come first.")
        private String features = "";

        @Option(names = "--connect", paramLabel = "URL", description = "Run the command on a running server, at the address that 'relata serve' prints; must come first.")
        private String connect = "";

        @Option(names = "--debug", description = "Show stack traces of errors; may come anywhere.")
        private boolean debug;

        @Override
        public void run() {
            throw new ParameterException(spec.commandLine(), "a command is missing");
        }
    }

    /** Stands for a parent that no bundle offers. */
    static final class Group implements Runnable {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public void run() {
            throw new ParameterException(spec.commandLine(), "'" + spec.name() + "' needs a command under it");
        }
    }

    /** A mistake of the platform or a plug-in. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1;

        Broken(Throwable e) {
            super("something went wrong inside: " + e, e);
        }
    }

    private final CommandLine root = new CommandLine(new Root());
    private boolean debug;

    CommandTree(List<Entry> entries, PrintWriter out, PrintWriter err) {
        Map<String, CommandLine> top = new LinkedHashMap<>();
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparing((Entry e) -> !e.parent().isEmpty()));
        for (Entry entry : sorted) {
            try {
                CommandLine line = new CommandLine(entry.command());
                if (entry.parent().isEmpty()) top.putIfAbsent(line.getCommandName(), line);
                else top.computeIfAbsent(entry.parent(), CommandTree::group).addSubcommand(line);
            } catch (RuntimeException | LinkageError e) {
                // picocli refuses what is declared wrongly, such as two options of one name; the other commands are wanted all the same
                err.println("relata: the command " + entry.command().getClass().getName() + " of " + entry.giver() + " is left out: " + e.getMessage());
            }
        }
        // sorted by name, and a plug-in cannot shadow a command of ours: of equal names the first wins
        top.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(e -> root.addSubcommand(e.getKey(), e.getValue()));
        root.setOut(out).setErr(err).setCaseInsensitiveEnumValuesAllowed(true).setUsageHelpAutoWidth(false);
        root.setParameterExceptionHandler((problem, args) -> wrongUse(problem));
        root.setExecutionExceptionHandler((problem, line, parsed) -> failed(problem, line));
    }

    /** Commands keep the plug-ins that they begin with: a change made by another process must not take a part from under them. What they look up later is the newest all the same. @param free those that do not */
    CommandTree keeping(Leases leases, Collection<Command> free) {
        root.setExecutionStrategy(parsed -> {
            ParseResult last = parsed;
            while (last.hasSubcommand()) last = last.subcommand();
            Object command = last.commandSpec().userObject();
            if (free.stream().anyMatch(f -> f == command)) return new CommandLine.RunLast().execute(parsed);
            try (Leases.Lease lease = leases.take(last.commandSpec().qualifiedName())) {
                return new CommandLine.RunLast().execute(parsed);
            }
        });
        return this;
    }

    private static CommandLine group(String name) {
        CommandLine group = new CommandLine(CommandSpec.wrapWithoutInspection(new Group()).name(name).mixinStandardHelpOptions(true));
        group.getCommandSpec().usageMessage().description("Commands for " + name + ".");
        return group;
    }

    /** Runs a command; returns the exit code. */
    int execute(String[] args) {
        int end = Arrays.asList(args).indexOf("--");
        List<String> words = new ArrayList<>(Arrays.asList(args));
        debug = words.subList(0, end < 0 ? words.size() : end).removeIf("--debug"::equals);
        try {
            return root.execute(words.toArray(String[]::new));
        } catch (OutOfMemoryError | LinkageError | StackOverflowError e) {
            return failed(exception(e), root);
        }
    }

    /** What ended a command, so that it can be told as all else that does. */
    static Exception exception(Throwable e) {
        if (e instanceof Exception exception) return exception;
        return e instanceof OutOfMemoryError ? new IllegalStateException("Java's heap is full; RELATA_JVM_OPTS=-Xmx4g, for example, makes it larger", e) : new Broken(e);
    }

    /** The tree, e.g. to make completions for it. */
    CommandLine root() {
        return root;
    }

    private int wrongUse(ParameterException problem) {
        CommandLine line = problem.getCommandLine();
        PrintWriter err = line.getErr();
        err.println("relata: " + said(problem, line));
        if (!UnmatchedArgumentException.printSuggestions(problem, err) && !line.getSubcommands().isEmpty())
            err.println("        Commands: " + String.join(", ", line.getSubcommands().keySet()));
        err.println("        Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        return Failure.WRONG_USE;
    }

    private static String said(ParameterException problem, CommandLine line) {
        if (problem instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption() && !line.getSubcommands().isEmpty())
            return "there is no command '" + line.getCommandSpec().qualifiedName() + " " + unmatched.getUnmatched().get(0) + "'";
        // picocli says it twice of options that hold a map
        return lower(problem.getMessage()).replace("option option", "option");
    }

    private int failed(Exception problem, CommandLine line) {
        PrintWriter err = line.getErr();
        String message = problem.getMessage();
        boolean told = problem instanceof Failure || problem instanceof RecipeException || problem instanceof PlanException || problem instanceof PluginException || problem instanceof IOException
                || problem instanceof IllegalStateException || problem instanceof IllegalArgumentException;
        if (told) err.println("relata: " + (message == null ? problem : words(problem, message)));
        else err.println("relata: " + (message == null ? "something went wrong inside: " + problem : words(problem, message)) + (debug ? "" : "\n        --debug shows where"));
        if (debug) problem.printStackTrace(err);
        if (problem instanceof Failure failure) return failure.code();
        return problem instanceof RecipeException || problem instanceof PlanException ? Failure.WRONG_USE : Failure.FAILED;
    }

    /** The file system's exceptions carry a bare path: the class says what is wrong with it. */
    private static String words(Exception problem, String message) {
        if (problem instanceof NoSuchFileException) return "there is no file " + message;
        if (problem instanceof AccessDeniedException) return "not allowed to use " + message;
        if (problem instanceof FileAlreadyExistsException) return message + " is there already";
        if (problem instanceof NotDirectoryException) return message + " is not a folder";
        if (problem instanceof CharacterCodingException) return "text is not UTF-8: " + message;
        if (problem instanceof PluginException) return message.replace("\n", "\n        ");
        return message;
    }

    private static String lower(String message) {
        return message.isEmpty() || message.length() > 1 && Character.isUpperCase(message.charAt(1)) ? message : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}
