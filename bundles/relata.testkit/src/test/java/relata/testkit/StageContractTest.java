package relata.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Produces;
import relata.api.component.Source;
import relata.api.corpus.Example;
import relata.api.run.Progress;
import relata.api.run.Stage;
import relata.api.run.StageContext;

/** A stage that counts words in steps, right, and wrong in ways that the contract catches. */
class StageContractTest {
    record Config() {}

    @ComponentName("planted")
    @Doc("A stage, right or wrong")
    @Source("")
    @Produces("lengths")
    record Planted(Stage stage) implements ComponentProvider<Stage, Config> {
        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public Stage create(Config config, Parts parts) {
            return stage;
        }
    }

    @ComponentName("planted")
    @Doc("A stage that does not say what it gives")
    @Source("")
    record Silent(Stage stage) implements ComponentProvider<Stage, Config> {
        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public Stage create(Config config, Parts parts) {
            return stage;
        }
    }

    private static StageContract<Config> contract(ComponentProvider<Stage, Config> provider) {
        return new StageContract<>() {
            @Override
            public ComponentProvider<Stage, Config> provider() {
                return provider;
            }

            @Override
            protected void before(Path stages) throws IOException {
                Files.writeString(Files.createDirectories(stages.resolve("earlier")).resolve("factor.txt"), "3");
            }
        };
    }

    private static StageContract<Config> with(Stage stage) {
        return contract(new Planted(stage));
    }

    /** Goes on after the lines that are there, and gives the file its name when it is whole. */
    private static void right(StageContext context) throws Exception {
        int factor = Integer.parseInt(Files.readString(context.folder("earlier").resolve("factor.txt")));
        List<Example> examples = context.corpus().split("train");
        Random random = new Random(context.seed("order"));
        int[] draws = random.ints(examples.size(), 0, 100).toArray();
        Path beside = context.folder().resolve("lengths.part");
        List<String> lines = Files.exists(beside) ? new ArrayList<>(Files.readAllLines(beside)) : new ArrayList<>();
        context.rewind(lines.size() - 1);
        for (int i = lines.size(); i < examples.size(); i++) {
            context.checkStop();
            lines.add(examples.get(i).id() + " " + factor * examples.get(i).passage().tokens().size() + " " + draws[i]);
            Files.write(beside, lines);
            context.metric(Map.of("step", i, "tokens", examples.get(i).passage().tokens().size()));
            context.progress(new Progress("counts", i + 1, examples.size(), "examples", ""));
        }
        Files.writeString(context.folder().resolve("lengths.txt"), String.join("\n", lines));
        context.metric(Map.of("examples", examples.size()));
    }

    @AfterAll
    static void allAreCaught() {
        Mutants.assertAllCaught(StageContract.class);
    }

    @Test
    void aRightStagePasses() {
        Mutants.assertPasses(with(StageContractTest::right));
        // one that does its work at once, and asks once
        Mutants.assertPasses(with(context -> {
            context.checkStop();
            Files.writeString(context.folder().resolve("seed.txt"), String.valueOf(context.seed("purpose")));
        }));
    }

    @Test
    void whatItGivesIsMissing() {
        Mutants.assertCaught(contract(new Silent(StageContractTest::right)), "saysWhatItGives");
        Mutants.assertCaught(with(StageContext::checkStop), "leavesAResultInItsFolderAndNowhereElse");
        Mutants.assertCaught(with(context -> {
            right(context);
            Files.writeString(context.folder("earlier").resolve("factor.txt"), "4");
        }), "leavesAResultInItsFolderAndNowhereElse");
        Mutants.assertCaught(with(context -> {
            right(context);
            Files.writeString(context.folder().resolveSibling("mine.txt"), "4");
        }), "leavesAResultInItsFolderAndNowhereElse");
    }

    @Test
    void chanceIsCaught() {
        AtomicInteger calls = new AtomicInteger();
        Mutants.assertCaught(with(context -> {
            right(context);
            Files.writeString(context.folder().resolve("chance.txt"), String.valueOf(calls.incrementAndGet()));
        }), "theSameRunGivesTheSame");
        Mutants.assertCaught(with(context -> {
            right(context);
            context.metric(Map.of("seconds", calls.incrementAndGet()));
        }), "theSameRunGivesTheSame");
        // where the run lies
        Mutants.assertCaught(with(context -> {
            right(context);
            Files.writeString(context.folder().resolve("where.txt"), context.folder().toString());
        }), "theSameRunGivesTheSame");
    }

    @Test
    void stopsUnheardAreCaught() {
        Mutants.assertCaught(with(context -> Files.writeString(context.folder().resolve("x"), "x")), "hearsAStop");
        Mutants.assertCaught(with(context -> {
            try {
                right(context);
            } catch (InterruptedException swallowed) {
                return;
            }
        }), "hearsAStop", "goesOnAfterAnInterruptionToTheSame");
        Mutants.assertCaught(with(context -> {
            try {
                right(context);
            } catch (InterruptedException wrapped) {
                throw new IllegalStateException(wrapped);
            }
        }), "hearsAStop", "goesOnAfterAnInterruptionToTheSame");
    }

    @Test
    void goingOnWronglyIsCaught() {
        // draws anew where it goes on
        Mutants.assertCaught(with(context -> {
            Path file = context.folder().resolve("draws.txt");
            List<String> lines = Files.exists(file) ? new ArrayList<>(Files.readAllLines(file)) : new ArrayList<>();
            Random random = new Random(context.seed("order"));
            while (lines.size() < 8) {
                context.checkStop();
                lines.add(String.valueOf(random.nextInt()));
                Files.write(file, lines);
            }
        }), "goesOnAfterAnInterruptionToTheSame");
        // what was half done is taken for whole
        Mutants.assertCaught(with(context -> {
            Path file = context.folder().resolve("result.txt");
            if (Files.exists(file)) return;
            Files.writeString(file, "half");
            context.checkStop();
            Files.writeString(file, "whole");
        }), "goesOnAfterAnInterruptionToTheSame");
        // leaves what it made on the way, if interrupted
        Mutants.assertCaught(with(context -> {
            Path file = context.folder().resolve("result.txt");
            Files.writeString(context.folder().resolve("lock"), "");
            context.checkStop();
            Files.deleteIfExists(context.folder().resolve(context.folder().toFile().list().length > 1 ? "none" : "lock"));
            Files.writeString(file, "whole");
        }), "canBeRunAgain");
        // a second result beside the first
        Mutants.assertCaught(with(context -> {
            context.checkStop();
            Files.writeString(context.folder().resolve("result" + context.folder().toFile().list().length), "whole");
        }), "canBeRunAgain");
        // lines twice
        Mutants.assertCaught(with(context -> {
            for (int i = 0; i < 3; i++) {
                context.checkStop();
                context.metric(Map.of("step", i));
            }
            Files.writeString(context.folder().resolve("result"), "whole");
        }), "goesOnAfterAnInterruptionToTheSame");
    }

    @Test
    void nonsenseSaidIsCaught() {
        Mutants.assertCaught(with(context -> {
            right(context);
            context.progress(new Progress("counts", 12, 10, "examples", ""));
        }), "leavesAResultInItsFolderAndNowhereElse");
        Mutants.assertCaught(with(context -> {
            right(context);
            context.say(" ");
        }), "leavesAResultInItsFolderAndNowhereElse");
    }
}
