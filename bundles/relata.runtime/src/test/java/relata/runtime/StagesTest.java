package relata.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import relata.api.component.ComponentProvider;
import relata.api.component.Ref;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.evaluate.Prediction;
import relata.api.evaluate.Predictions;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Engine;
import relata.api.run.Recipe;
import relata.api.run.Stage;
import relata.testkit.StageContract;
import relata.testkit.TestEngine;
import relata.testkit.TestParts;
import relata.testkit.TinyCorpus;

/** Each stage under the contract of stages, over parts that are small but real. */
class StagesTest {
    private static final Engine ENGINE = TestEngine.engine();

    /** Leaves the answers of two models, as stages {@code one} and {@code other}. */
    static void answers(Path stages) throws IOException {
        Corpus corpus = TinyCorpus.corpus();
        for (String stage : List.of("one", "other")) {
            List<Prediction> items = Stream.of("a", "b", "c").map(e -> new Prediction(e, 0, List.of("made-of"), stage.equals("one") ? "made-of" : "none", List.of(0.1, 0.2, 0.3, 0.4))).toList();
            PredictionFile.write(Files.createDirectories(stages.resolve(stage)).resolve("predictions.jsonl"), new Predictions(corpus.relations(), Optional.of(TinyCorpus.NONE), items));
        }
    }

    /** What the stages have in common. */
    abstract static class Contract<C extends Record> extends StageContract<C> {
        @Override
        public TestParts parts() {
            return TinyParts.all();
        }

        @Override
        protected Recipe recipe() {
            return new Recipe("tiny", "", List.of(), 5, new Ref<>(CorpusReader.class, "none", new TinyParts.None()), parts().ref(EncoderLoader.class, "tiny"), Map.of(), "");
        }

        /** Leaves a model that answers, as stage {@code fit}. */
        final void fit(Path stages) throws Exception {
            run(parts().create(new Classify(ENGINE, TinyParts.recipes()), Map.of("classifier", "means")), stages, "fit");
        }
    }

    @Nested
    class ClassifyOne extends Contract<Classify.Config> {
        @Override
        public ComponentProvider<Stage, Classify.Config> provider() {
            return new Classify(ENGINE, TinyParts.recipes());
        }

        @Override
        public Map<String, ?> settings() {
            return Map.of("classifier", "means", "fraction", 0.5);
        }
    }

    @Nested
    class EvaluateOne extends Contract<Evaluate.Config> {
        @Override
        public ComponentProvider<Stage, Evaluate.Config> provider() {
            return new Evaluate(ENGINE, TinyParts.recipes());
        }

        @Override
        public Map<String, ?> settings() {
            return Map.of("model", "fit", "metrics", "[ right ]");
        }

        @Override
        protected void before(Path stages) throws Exception {
            fit(stages);
        }
    }

    @Nested
    class PredictionShiftOne extends Contract<PredictionShift.Config> {
        @Override
        public ComponentProvider<Stage, PredictionShift.Config> provider() {
            return new PredictionShift(ENGINE, TinyParts.recipes());
        }

        @Override
        public Map<String, ?> settings() {
            return Map.of("model", "fit", "view", "worn");
        }

        @Override
        protected void before(Path stages) throws Exception {
            fit(stages);
        }
    }

    @Nested
    class FewShotOne extends Contract<FewShot.Config> {
        @Override
        public ComponentProvider<Stage, FewShot.Config> provider() {
            return new FewShot(ENGINE, TinyParts.recipes());
        }

        @Override
        public Map<String, ?> settings() {
            return Map.of("classifier", "means", "split", "train", "tasks", "[ { ways: 3, shots: 1 }, { ways: 2, shots: 2 } ]", "queries", 1, "episodes", 40);
        }
    }

    @Nested
    class TrainOne extends Contract<Train.Config> {
        @Override
        public ComponentProvider<Stage, Train.Config> provider() {
            return new Train(ENGINE, TinyParts.recipes());
        }

        // every place is tried by ResumedTrainingTest
        @Override
        protected int stops() {
            return 5;
        }

        @Override
        public Map<String, ?> settings() {
            return Map.of("views", "[ worn ]", "batches", "twos", "objectives", "[ pull ]", "optimiser", "momentum", "epochs", 2, "best", "{ metric: right, number: right }", "checkpointSeconds", 0);
        }
    }

    @Nested
    class ReportOne extends Contract<Report.Config> {
        @Override
        public ComponentProvider<Stage, Report.Config> provider() {
            return new Report();
        }

        @Override
        public Map<String, ?> settings() {
            return Map.of("columns", "{ plain: [ one ], trained: [ other ] }", "metric", "right", "number", "right", "resamples", 50);
        }

        @Override
        protected void before(Path stages) throws Exception {
            answers(stages);
        }
    }
}
