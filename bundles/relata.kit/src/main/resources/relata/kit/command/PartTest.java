package {{package}};

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import relata.api.component.Catalogue;
import relata.api.component.Part;
import relata.api.learn.Loss;
import relata.api.run.Command;
import relata.testkit.CommandContract;

class {{class}}Test extends CommandContract {
    /** A platform with two parts. */
    private static final class Two implements Catalogue {
        private final List<Part> parts = List.of(part("nt-xent"), part("supcon"));

        private static Part part(String name) {
            return new Part("loss", Loss.class, name, "", "", "", "test", "1.0.0", Record.class);
        }

        @Override
        public List<String> kinds() {
            return List.of("loss");
        }

        @Override
        public List<Part> parts() {
            return parts;
        }

        @Override
        public Optional<Part> find(String kind, String name) {
            return parts.stream().filter(p -> p.name().equals(name)).findFirst();
        }
    }

    @Override
    protected Command command() {
        return new {{class}}(new Two());
    }

    @Override
    protected List<List<String>> calls() {
        return List.of(List.of(), List.of("--json"));
    }

    @Override
    protected List<List<String>> refused() {
        return List.of(List.of("more"));
    }

    private static String run(String... arguments) {
        StringWriter out = new StringWriter();
        assertEquals(0, new CommandLine(new {{class}}(new Two())).setOut(new PrintWriter(out)).execute(arguments));
        return out.toString().strip();
    }

    @Test
    void countsEachKind() {
        assertEquals("loss  2", run());
        assertEquals("{\"loss\": 2}", run("--json"));
    }
}
