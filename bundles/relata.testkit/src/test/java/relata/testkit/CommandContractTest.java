package relata.testkit;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import relata.api.run.Command;

/** A command that greets, right, and wrong in ways that the contract catches. */
class CommandContractTest {
    /** What the commands share; picocli would also hand down what a command says of itself. */
    abstract static class Greeting implements Command, Callable<Integer> {
        @Spec
        CommandSpec spec = CommandSpec.create();

        @Option(names = "--times", description = "How often.")
        int times = 1;

        @Parameters(index = "0", paramLabel = "NAME", description = "Who.")
        String name = "";

        @Override
        public Integer call() throws Exception {
            if (times < 1) throw new IllegalArgumentException("--times was " + times + " but must be at least 1");
            spec.commandLine().getOut().println(("hello " + name + " ").repeat(times));
            return 0;
        }
    }

    @Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
    @picocli.CommandLine.Command(name = "greet", mixinStandardHelpOptions = true, description = "Greet somebody.")
    static final class Greet extends Greeting {}

    @picocli.CommandLine.Command(name = "greet", mixinStandardHelpOptions = true, description = "No service.")
    static final class NoService extends Greeting {}

    @Component(service = Command.class)
    @picocli.CommandLine.Command(name = "greet", mixinStandardHelpOptions = true, description = "One for all calls.")
    static final class OneForAll extends Greeting {}

    @Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
    @picocli.CommandLine.Command(name = "greet", mixinStandardHelpOptions = true, description = "Does nothing.")
    static final class Idle implements Command {}

    @Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
    @picocli.CommandLine.Command(mixinStandardHelpOptions = true, description = "Without a name.")
    static final class Nameless extends Greeting {}

    @Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
    @picocli.CommandLine.Command(name = "greet", mixinStandardHelpOptions = true)
    static final class Unexplained extends Greeting {}

    @Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
    @picocli.CommandLine.Command(name = "greet", mixinStandardHelpOptions = true, description = "An option without a word.")
    static final class SilentOption extends Greeting {
        @Option(names = "--loud")
        boolean loud;
    }

    @Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
    @picocli.CommandLine.Command(name = "greet", mixinStandardHelpOptions = true, description = "A parameter without a word.")
    static final class SilentParameter extends Greeting {
        @Parameters(index = "1", arity = "0..1")
        String more = "";
    }

    @Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
    @picocli.CommandLine.Command(name = "greet", mixinStandardHelpOptions = true, description = "An odd option.")
    static final class OddOption extends Greeting {
        @Option(names = "+loud", description = "Louder.")
        boolean loud;
    }

    @Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
    @picocli.CommandLine.Command(name = "greet", description = "Without help.")
    static final class Helpless extends Greeting {}

    @Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
    @picocli.CommandLine.Command(name = "greet", mixinStandardHelpOptions = true, description = "Takes any word.")
    static final class TakesAll extends Greeting {
        @picocli.CommandLine.Unmatched
        List<String> rest = List.of();
    }

    @Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
    @picocli.CommandLine.Command(name = "greet", mixinStandardHelpOptions = true, description = "Prints past picocli.")
    static final class Besides extends Greeting {
        @Override
        public Integer call() {
            System.out.println("hello " + name);
            return 0;
        }
    }

    @Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
    @picocli.CommandLine.Command(name = "greet", mixinStandardHelpOptions = true, description = "Fails.")
    static final class Fails extends Greeting {
        @Override
        public Integer call() {
            return 1;
        }
    }

    @Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
    @picocli.CommandLine.Command(name = "greet", mixinStandardHelpOptions = true, description = "Says something else each time.")
    static final class Fickle extends Greeting {
        private static final AtomicInteger CALLS = new AtomicInteger();

        @Override
        public Integer call() {
            spec.commandLine().getOut().println(CALLS.incrementAndGet());
            return 0;
        }
    }

    @Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
    @picocli.CommandLine.Command(name = "greet", mixinStandardHelpOptions = true, description = "Accepts what is wrong.")
    static final class Lenient extends Greeting {
        @Override
        public Integer call() {
            spec.commandLine().getOut().println("hello " + name);
            return 0;
        }
    }

    @Component(service = Command.class, scope = ServiceScope.PROTOTYPE)
    @picocli.CommandLine.Command(name = "greet", mixinStandardHelpOptions = true, description = "Fails without a word.")
    static final class Wordless extends Greeting {
        @Override
        public Integer call() throws Exception {
            if (times < 1) throw new IllegalArgumentException();
            return super.call();
        }
    }

    private static CommandContract contract(Supplier<Command> command) {
        return new CommandContract() {
            @Override
            protected Command command() {
                return command.get();
            }

            @Override
            protected List<List<String>> calls() {
                return List.of(List.of("Anna"), List.of("--times", "2", "Anna"));
            }

            @Override
            protected List<List<String>> refused() {
                return List.of(List.of("--times", "0", "Anna"), List.of());
            }
        };
    }

    @AfterAll
    static void allAreCaught() {
        Mutants.assertAllCaught(CommandContract.class);
    }

    @Test
    void aRightCommandPasses() {
        Mutants.assertPasses(contract(Greet::new));
    }

    @Test
    void wrongServicesAreCaught() {
        Mutants.assertCaught(contract(NoService::new), "isAServiceForEachCall");
        Mutants.assertCaught(contract(OneForAll::new), "isAServiceForEachCall");
        Greet one = new Greet();
        Mutants.assertCaught(contract(() -> one), "isAServiceForEachCall");
        Mutants.assertCaught(contract(Idle::new), "canBeCalled");
    }

    @Test
    void whatIsNotExplainedIsCaught() {
        Mutants.assertCaught(contract(Nameless::new), "hasANameAndADescription");
        Mutants.assertCaught(contract(Unexplained::new), "hasANameAndADescription");
        Mutants.assertCaught(contract(SilentOption::new), "explainsItsOptions");
        Mutants.assertCaught(contract(SilentParameter::new), "explainsItsOptions");
        Mutants.assertCaught(contract(OddOption::new), "explainsItsOptions");
        Mutants.assertCaught(contract(Helpless::new), "hasHelp");
    }

    @Test
    void wrongAnswersAreCaught() {
        Mutants.assertCaught(contract(TakesAll::new), "refusesUnknownOptions");
        Mutants.assertCaught(contract(Besides::new), "itsCallsWork");
        Mutants.assertCaught(contract(Fails::new), "itsCallsWork");
        Mutants.assertCaught(contract(Fickle::new), "itsCallsWork");
        Mutants.assertCaught(contract(Lenient::new), "refusesWithASentence");
        Mutants.assertCaught(contract(Wordless::new), "refusesWithASentence");
    }
}
