package relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relata.api.corpus.CorpusException;
import relata.api.plugin.Leases;
import relata.api.run.Command;

class CommandTreeTest {
    @TempDir
    private Path home = Path.of("");

    /** Throws what it is given. */
    @picocli.CommandLine.Command(name = "fails")
    static final class Fails implements Command, Callable<Integer> {
        private final Exception problem;

        Fails(Exception problem) {
            this.problem = problem;
        }

        @Override
        public Integer call() throws Exception {
            throw problem;
        }
    }

    /** Picocli refuses it. */
    @picocli.CommandLine.Command(name = "twice")
    static final class Twice implements Command, Runnable {
        @picocli.CommandLine.Option(names = "-x")
        private boolean one;

        @picocli.CommandLine.Option(names = "-x")
        private boolean two;

        @Override
        public void run() {}
    }

    /** The leases that are open while a command runs. */
    private static final class Counted implements Leases {
        final List<String> open = new ArrayList<>();

        @Override
        public Lease take(String holder) {
            open.add(holder);
            return () -> open.remove(holder);
        }

        @Override
        public boolean admitted(long bundle) {
            return true;
        }
    }

    @picocli.CommandLine.Command(name = "look")
    private static final class Look implements Command, Callable<Integer> {
        private final List<String> now;
        private List<String> seen = List.of();

        Look(List<String> now) {
            this.now = now;
        }

        @Override
        public Integer call() throws Failure {
            seen = List.copyOf(now);
            throw Failure.failed("looked");
        }
    }

    @Test
    void pluginsStayWhileACommandRuns() {
        Counted leases = new Counted();
        Look kept = new Look(leases.open), free = new Look(leases.open);
        CommandTree tree = new CommandTree(
                List.of(new CommandTree.Entry(kept, "try"), new CommandTree.Entry(free, "")), new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter())).keeping(leases, List.of(free));
        assertEquals(Failure.FAILED, tree.execute(new String[] {"try", "look"}));
        assertEquals(List.of("relata try look"), kept.seen);
        assertEquals(Failure.FAILED, tree.execute(new String[] {"look"}));
        assertEquals(List.of(), free.seen);
        assertEquals(List.of(), leases.open);
    }

    @Test
    void aCommandThatPicocliRefusesDoesNotKeepOthersFromWorking() {
        StringWriter err = new StringWriter();
        Command fails = new Fails(Failure.failed("it broke"));
        List<CommandTree.Entry> entries = List.of(
                new CommandTree.Entry(fails, ""), new CommandTree.Entry(new Twice(), "", "acme.bad 1.0.0"), new CommandTree.Entry(fails, "group"), new CommandTree.Entry(fails, "group", "acme.bad 1.0.0"));
        CommandTree tree = new CommandTree(entries, new PrintWriter(new StringWriter()), new PrintWriter(err, true));
        assertTrue(err.toString().contains("relata: the command relata.cli.CommandTreeTest$Twice of acme.bad 1.0.0 is left out: "), err.toString());
        assertTrue(err.toString().contains("relata: the command relata.cli.CommandTreeTest$Fails of acme.bad 1.0.0 is left out: "), err.toString());
        assertEquals(1, tree.execute(new String[] {"fails"}));
        assertTrue(err.toString().endsWith("relata: it broke\n"), err.toString());
    }

    private record Said(int code, String err) {}

    private static Said failing(Exception problem, String... args) {
        StringWriter err = new StringWriter();
        CommandTree tree = new CommandTree(List.of(new CommandTree.Entry(new Fails(problem), "")), new PrintWriter(new StringWriter()), new PrintWriter(err, true));
        return new Said(tree.execute(args.length == 0 ? new String[] {"fails"} : args), err.toString());
    }

    @Test
    void failuresAreSentencesWithExitCodes() {
        assertEquals(new Said(1, "relata: it broke\n"), failing(Failure.failed("it broke")));
        assertEquals(new Said(2, "relata: no such thing\n"), failing(Failure.wrongUse("no such thing")));
        assertEquals(new Said(1, "relata: data line 3: bad\n"), failing(new CorpusException(Path.of("data"), 3, "bad")));
        assertEquals(new Said(1, "relata: there is no file x.txt\n"), failing(new NoSuchFileException("x.txt")));
        assertEquals(new Said(1, "relata: the disk is full\n"), failing(new IOException("the disk is full")));
    }

    @Test
    void surprisesAreOwnedUpTo() {
        Said said = failing(new NullPointerException());
        assertEquals(1, said.code());
        assertTrue(said.err().startsWith("relata: something went wrong inside: java.lang.NullPointerException"), said.err());
        assertTrue(said.err().contains("--debug"), said.err());
    }

    @Test
    void stackTracesAreForThoseWhoAsk() {
        assertFalse(failing(Failure.failed("it broke")).err().contains("\tat "));
        assertTrue(failing(Failure.failed("it broke"), "fails", "--debug").err().contains("\tat "));
        assertTrue(failing(Failure.failed("it broke"), "--debug", "fails").err().contains("\tat "));
    }

    @Test
    void unknownWordsAreAnsweredWithKnownOnes() {
        Shell shell = new Shell(new FakeServices(home));
        assertEquals(2, shell.run("rum"));
        assertTrue(shell.err().contains("Did you mean: relata run or relata runs?"), shell.err());
        assertEquals(2, shell.run("list", "--jsno"));
        assertTrue(shell.err().startsWith("relata: unknown option: '--jsno'"), shell.err());
        assertEquals(2, shell.run());
        assertTrue(shell.err().contains("Commands: bench, completion, corpus, describe"), shell.err());
        assertEquals(2, shell.run("runs"));
        assertTrue(shell.err().contains("Commands: list, show, compare, rm"), shell.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "runs", "runs list", "runs show", "runs compare", "runs rm", "list", "describe", "schema", "try", "try augmenter", "try parser", "try loss", "try encoder",
        "predict", "corpus", "corpus stats", "corpus check", "corpus convert", "plugin", "plugin install", "plugin update",
        "plugin remove", "plugin enable", "plugin disable", "plugin list", "plugin info", "plugin verify", "plugin rollback", "plugin history", "feature",
        "feature list", "feature check", "feature install", "feature remove", "doctor", "completion", "version"})
    void everyCommandHasHelp(String command) {
        Shell shell = new Shell(new FakeServices(home));
        assertEquals(0, shell.run((command + " --help").split(" ")));
        assertTrue(shell.out().startsWith("Usage: relata " + command), shell.out());
        assertTrue(shell.out().lines().filter(l -> l.matches("[A-Z].{10,}")).count() > 1, "no description: " + shell.out());
    }

    @Test
    void commandsOfUnknownParentsGetAGroup() {
        StringWriter out = new StringWriter();
        CommandTree tree = new CommandTree(List.of(new CommandTree.Entry(new VersionCommand(), "extra")), new PrintWriter(out, true), new PrintWriter(new StringWriter()));
        assertEquals(0, tree.execute(new String[] {"extra", "version"}));
        assertTrue(out.toString().startsWith("relata "), out.toString());
    }

    @Test
    void ofTwoCommandsOfOneNameTheFirstCounts() {
        StringWriter err = new StringWriter();
        CommandTree tree = new CommandTree(
                List.of(new CommandTree.Entry(new Fails(Failure.failed("first")), ""), new CommandTree.Entry(new Fails(Failure.failed("second")), "")),
                new PrintWriter(new StringWriter()), new PrintWriter(err, true));
        tree.execute(new String[] {"fails"});
        assertEquals("relata: first\n", err.toString());
    }

    @Test
    void completionNamesTheCommands() {
        Shell shell = new Shell(new FakeServices(home));
        assertEquals(0, shell.run("completion"));
        assertTrue(shell.out().contains("complete -F") && shell.out().contains("augmenter"), shell.out());
    }
}
