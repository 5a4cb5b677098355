package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import relata.api.run.Command;

/**
 * What holds for every command: it is a service of its own for each call, explains itself, and speaks through picocli. Extend it, make the command in
 * {@link #command}, and name calls that work and calls that it refuses.
 */
public abstract class CommandContract {
    /** The command under test with all that it needs; a new one each time. */
    protected abstract Command command();

    /** Arguments of calls that end well, e.g. {@code List.of(List.of("--json"))}; none if each call needs more than a test can give. */
    protected List<List<String>> calls() {
        return List.of();
    }

    /** Arguments of calls that must be refused with a sentence. */
    protected List<List<String>> refused() {
        return List.of();
    }

    /** The contract of a command that is one of many, for {@code @TestFactory}. @param made makes it with all that it needs; a new one each time */
    public static Stream<DynamicTest> of(Supplier<? extends Command> made) {
        CommandContract contract = new CommandContract() {
            @Override
            protected Command command() {
                return made.get();
            }
        };
        return Stream.of(
                DynamicTest.dynamicTest("is a service for each call", contract::isAServiceForEachCall),
                DynamicTest.dynamicTest("can be called", contract::canBeCalled),
                DynamicTest.dynamicTest("has a name and a description", contract::hasANameAndADescription),
                DynamicTest.dynamicTest("explains its options", contract::explainsItsOptions),
                DynamicTest.dynamicTest("has help", contract::hasHelp),
                DynamicTest.dynamicTest("refuses unknown options", contract::refusesUnknownOptions));
    }

    /** What a call ended with. */
    private record Said(int code, String out, String err, String besides) {}

    @Test
    void isAServiceForEachCall() throws IOException {
        assertNotSame(command(), command(), "command() must make a new command each time");
        Class<?> type = command().getClass();
        try (InputStream in = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            assertTrue(in != null, () -> type + " must be a class that a bundle can carry");
            String constants = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            // the annotation is kept for the build, not for the running program
            assertTrue(constants.contains("Lorg/osgi/service/component/annotations/Component;"), () -> type.getName() + " must carry @Component(service = Command.class, scope = ServiceScope.PROTOTYPE)");
            assertTrue(constants.contains("PROTOTYPE"), () -> type.getName() + " must have the scope PROTOTYPE in its @Component: picocli keeps in its fields what it parsed, so that each call needs a new one");
        }
    }

    @Test
    void canBeCalled() {
        Command command = command();
        assertTrue(command instanceof Runnable || command instanceof Callable, () -> command.getClass().getName() + " must implement Runnable, or Callable<Integer> if it gives an exit code");
    }

    @Test
    void hasANameAndADescription() {
        CommandSpec spec = line().getCommandSpec();
        assertTrue(spec.name().matches("[a-z][a-z0-9]*(-[a-z0-9]+)*"), () -> "a command needs a name in lower case with hyphens in its @picocli.CommandLine.Command, but has '" + spec.name() + "'");
        assertTrue(String.join(" ", spec.usageMessage().description()).strip().length() >= 3, "a command must say in its description what it does");
    }

    @Test
    void explainsItsOptions() {
        List<Executable> checks = new ArrayList<>();
        for (OptionSpec option : line().getCommandSpec().options()) {
            checks.add(() -> assertTrue(String.join("", option.description()).length() >= 3, () -> "option " + option.longestName() + " needs a description"));
            checks.add(() -> assertTrue(option.longestName().matches("--[a-zA-Z0-9]+([.-][a-zA-Z0-9]+)*") || option.longestName().matches("-[a-zA-Z]"),
                    () -> "an option is called like --this, but one is '" + option.longestName() + "'"));
        }
        for (PositionalParamSpec parameter : line().getCommandSpec().positionalParameters())
            checks.add(() -> assertTrue(String.join("", parameter.description()).length() >= 3, () -> "parameter " + parameter.paramLabel() + " needs a description"));
        assertAll(checks);
    }

    @Test
    void hasHelp() {
        Said said = run(List.of("--help"));
        assertEquals(0, said.code, () -> "--help must end with 0; set mixinStandardHelpOptions = true. It said: " + said.err);
        assertTrue(said.out.startsWith("Usage: "), () -> "--help must print how the command is used, but printed: " + said.out);
    }

    @Test
    void refusesUnknownOptions() {
        List<String> arguments = new ArrayList<>(calls().isEmpty() ? List.of() : calls().get(0));
        arguments.add("--no-such-option-is-there");
        Said said = run(arguments);
        assertEquals(CommandLine.ExitCode.USAGE, said.code, "an unknown option must be refused with exit code 2, not taken for something else");
    }

    @Test
    void itsCallsWork() {
        each(calls(), arguments -> {
            Said said = run(arguments);
            assertEquals(0, said.code, () -> "the call must end with 0, but said: " + said.err);
            assertEquals("", said.besides, "a command prints through spec.commandLine().getOut(), not to System.out: it may be called from elsewhere than a terminal");
            assertEquals(said, run(arguments), "the same call must say the same again");
        });
    }

    @Test
    void refusesWithASentence() {
        each(refused(), arguments -> {
            Said said = run(arguments);
            assertTrue(said.code == 1 || said.code == 2, () -> "the call must be refused with 1 (failed) or 2 (wrong use), but ended with " + said.code);
            assertTrue(said.err.strip().length() >= 10 && !said.err.contains("\tat "), () -> "a refusal must say in a sentence what was expected, what was found and what would work, but said '" + said.err + "'");
        });
    }

    private CommandLine line() {
        return new CommandLine(command());
    }

    /** Calls it as the platform does: of what it throws, the message is shown. */
    private Said run(List<String> arguments) {
        StringWriter out = new StringWriter(), err = new StringWriter();
        PrintStream before = System.out;
        ByteArrayOutputStream besides = new ByteArrayOutputStream();
        try (PrintStream caught = new PrintStream(besides, true, StandardCharsets.UTF_8)) {
            // first: picocli prints to what System.out was when the command line was made, if it is another now
            System.setOut(caught);
            CommandLine line = line().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).setCaseInsensitiveEnumValuesAllowed(true);
            line.setParameterExceptionHandler((problem, args) -> told(problem, problem.getCommandLine(), CommandLine.ExitCode.USAGE));
            line.setExecutionExceptionHandler((problem, at, parsed) -> told(problem, at, CommandLine.ExitCode.SOFTWARE));
            return new Said(line.execute(arguments.toArray(String[]::new)), out.toString(), err.toString(), besides.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
    }

    private static int told(Exception problem, CommandLine line, int code) {
        line.getErr().println(problem.getMessage() == null ? "" : problem.getMessage());
        return code;
    }

    private static void each(List<List<String>> calls, Smallest.Check<List<String>> check) {
        new Smallest<List<String>>(arguments -> List.of(), arguments -> "the arguments " + arguments).all(calls, check);
    }
}
