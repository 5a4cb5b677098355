package relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Option;
import relata.api.run.Command;

class WrongWordsTest {
    private final StringWriter err = new StringWriter();

    /** Fails as parts and the machine may. */
    @picocli.CommandLine.Command(name = "fail")
    static final class Fail implements Command, Runnable {
        @Option(names = "--with")
        private Map<String, String> with = Map.of();

        private final Error error;

        Fail(Error error) {
            this.error = error;
        }

        @Override
        public void run() {
            throw error;
        }
    }

    private int run(Error error, String... words) {
        PrintWriter to = new PrintWriter(err, true);
        return new CommandTree(List.of(new CommandTree.Entry(new Fail(error), "")), to, to).execute(words);
    }

    @Test
    void anUnknownCommandIsCalledThat() {
        assertEquals(2, run(new StackOverflowError(), "work"));
        assertTrue(err.toString().startsWith("relata: there is no command 'relata work'"), err.toString());
        assertTrue(err.toString().contains("Commands: fail"), err.toString());
    }

    @Test
    void anUnknownOptionIsCalledThat() {
        assertEquals(2, run(new StackOverflowError(), "fail", "--nix"));
        assertTrue(err.toString().startsWith("relata: unknown option: '--nix'"), err.toString());
    }

    @Test
    void aSettingWithoutValueIsToldInPlainWords() {
        assertEquals(2, run(new StackOverflowError(), "fail", "--with", "rate"));
        assertTrue(err.toString().startsWith("relata: value for option '--with'"), err.toString());
    }

    @Test
    void errorsOfTheMachineAreSentencesToo() {
        assertEquals(1, run(new OutOfMemoryError("Java heap space"), "fail"));
        assertTrue(err.toString().contains("RELATA_JVM_OPTS"), err.toString());
        assertFalse(err.toString().contains("\tat "), err.toString());
        assertEquals(1, run(new NoClassDefFoundError("ai/djl/Device"), "fail"));
        assertTrue(err.toString().contains("ai/djl/Device"), err.toString());
        assertFalse(err.toString().contains("\tat "), err.toString());
        assertEquals(1, run(new NoClassDefFoundError("ai/djl/Device"), "--debug", "fail"));
        assertTrue(err.toString().contains("\tat "), err.toString());
    }
}
