package relata.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestFactory;
import relata.api.run.Command;
import relata.testkit.CommandContract;

/** Every command under the contract of commands. */
class CommandsTest {
    private static final FakeServices SERVICES = new FakeServices(Path.of("target"));

    @TestFactory
    Stream<DynamicContainer> each() {
        return IntStream.range(0, Shell.entries(SERVICES).size()).mapToObj(i ->
                DynamicContainer.dynamicContainer(command(i).getClass().getSimpleName(), CommandContract.of(() -> command(i))));
    }

    private static Command command(int i) {
        return Shell.entries(SERVICES).get(i).command();
    }

    @Nested
    class ListOne extends CommandContract {
        @Override
        protected Command command() {
            return new ListCommand(SERVICES);
        }

        @Override
        protected List<List<String>> calls() {
            return List.of(List.of(), List.of("loss"), List.of("losses", "--json"));
        }

        @Override
        protected List<List<String>> refused() {
            return List.of(List.of("lass"), List.of("loss", "more"));
        }
    }

    @Nested
    class DescribeOne extends CommandContract {
        @Override
        protected Command command() {
            return new DescribeCommand(SERVICES);
        }

        @Override
        protected List<List<String>> calls() {
            return List.of(List.of("loss", "nt-xent"), List.of("loss", "nt-xent", "--json"));
        }

        @Override
        protected List<List<String>> refused() {
            return List.of(List.of("loss"), List.of("loss", "nt-xant"), List.of("recipe", "quickstart"));
        }
    }

    @Nested
    class SchemaOne extends CommandContract {
        @Override
        protected Command command() {
            return new SchemaCommand(SERVICES);
        }

        @Override
        protected List<List<String>> calls() {
            return List.of(List.of());
        }

        @Override
        protected List<List<String>> refused() {
            return List.of(List.of("--out", "target"), List.of("--out", "no/such/folder/recipe.schema.json"));
        }
    }
}
