package relata.testkit;

import static relata.testkit.BagsOfWords.H;
import static relata.testkit.BagsOfWords.WORDS;
import static relata.testkit.BagsOfWords.listing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.learn.Collated;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Encoding;
import relata.api.learn.Parameters;
import relata.api.learn.Step;
import relata.api.learn.Vocabulary;
import relata.api.view.View;
import relata.testkit.BagsOfWords.Bag;
import relata.testkit.BagsOfWords.Bags;
import relata.testkit.BagsOfWords.Change;
import relata.testkit.BagsOfWords.None;
import relata.testkit.BagsOfWords.Words;

/** Encoders that are wrong on purpose, each caught by the tests named for it. */
class EncoderContractTest {
    private static EncoderContract<None> contract(Supplier<ComponentProvider<EncoderLoader, None>> provider) {
        return provider::get;
    }

    private static void caught(Change change, String... tests) {
        Mutants.assertCaught(contract(() -> new Bags(change)), tests);
    }

    @AfterAll
    static void allAreCaught() {
        Mutants.assertAllCaught(EncoderContract.class);
    }

    @Test
    void aRightEncoderPasses() {
        Mutants.assertPasses(contract(() -> new Bags((parameters, owner) -> new Bag(parameters))));
    }

    @Test
    void aRightVocabularyPasses() {
        Mutants.assertPasses(contract(() -> new Bags((p, owner) -> listing(p, new Words("ids", WORDS, 0, p.get("table"))), true)));
    }

    @Test
    void wrongVocabularies() {
        Mutants.assertCaught(contract(() -> new Bags((p, owner) -> listing(p, new Words("ids", WORDS, 0, p.get("table"))), false)), "aVocabularyFitsTheBatches");
        Mutants.assertCaught(contract(() -> new Bags((p, owner) -> new Bag(p), true)), "aVocabularyFitsTheBatches");
        List<Change> wrong = List.of((p, owner) -> listing(p, new Words("ids", 9, 0, p.get("table"))),
                (p, owner) -> listing(p, new Words("ids", WORDS, 5, p.get("table"))), (p, owner) -> listing(p, new Words("ids", WORDS, 0, owner.zeros(new Shape(WORDS, H)))),
                (p, owner) -> listing(p, new Words("ids", WORDS + 1, 0, p.get("table"))), (p, owner) -> listing(p, new Words("view", WORDS, 0, p.get("table"))));
        for (Change change : wrong) Mutants.assertCaught(contract(() -> new Bags(change, true)), "aVocabularyFitsTheBatches");
    }

    @Test
    void theVocabularysFieldIsNotRead() {
        Mutants.assertCaught(contract(() -> new Bags((p, owner) -> {
            Words words = new Words("copy", WORDS, 0, p.get("table"));
            return new Bag(p) {
                @Override
                public Collated collate(List<View> views) {
                    Collated batch = super.collate(views);
                    return batch.with(Map.of("copy", batch.field("ids")));
                }

                @Override
                public Optional<Vocabulary> vocabulary() {
                    return Optional.of(words);
                }
            };
        }, true)), "aVocabularyFitsTheBatches");
    }

    @Test
    void rowsInAnotherOrder() {
        caught((p, owner) -> new Bag(p) {
            @Override
            public Collated collate(List<View> views) {
                List<View> reversed = new ArrayList<>(views);
                Collections.reverse(reversed);
                return super.collate(reversed);
            }
        }, "givesARowForEachPair", "neighboursAndPaddingDoNotChangeVectors");
    }

    @Test
    void onlyTheFirstPairOfAView() {
        caught((p, owner) -> new Bag(p) {
            @Override
            public Encoding encode(Collated batch, Step step) {
                NDArray all = super.encode(batch, step).relations();
                return new Encoding(all.get(":" + batch.views().size()), Optional.empty());
            }
        }, "givesARowForEachPair");
    }

    @Test
    void doublesInPlaceOfFloats() {
        caught((p, owner) -> new Bag(p) {
            @Override
            public Encoding encode(Collated batch, Step step) {
                return new Encoding(super.encode(batch, step).relations().toType(DataType.FLOAT64, false), Optional.empty());
            }
        }, "givesARowForEachPair");
    }

    @Test
    void paddingIsCounted() {
        caught((p, owner) -> new Bag(p) {
            @Override
            NDArray mean(NDArray tokens, NDArray mask) {
                return tokens.mean(new int[] {1});
            }
        }, "neighboursAndPaddingDoNotChangeVectors");
    }

    @Test
    void theTextDoesNotMatter() {
        caught((p, owner) -> new Bag(p) {
            @Override
            NDArray table(Collated batch, NDManager m) {
                return m.zeros(new Shape(batch.views().size(), batch.length(), H)).add(parameters.get("bias"));
            }
        }, "differentPassagesGetDifferentVectors", "theGradientReachesEveryParameter");
    }

    @Test
    void dropoutInInference() {
        caught((p, owner) -> new Bag(p) {
            @Override
            public Encoding encode(Collated batch, Step step) {
                return super.encode(batch, new Step(step.engine(), step.manager(), true));
            }
        }, "isDeterministicInInference");
    }

    @Test
    void chanceOfItsOwn() {
        caught((p, owner) -> new Bag(p) {
            private float calls;

            @Override
            NDArray table(Collated batch, NDManager m) {
                return super.table(batch, m).add(m.create(calls++));
            }
        }, "isRepeatableInTraining");
    }

    @Test
    void everyBeginningIsAnother() {
        long[] seed = {0};
        caught((p, owner) -> {
            p.get("bias").addi(seed[0]++);
            return new Bag(p);
        }, "beginsTheSameWithTheSameChance");
    }

    @Test
    void theParameterIsTheFirstOperand() {
        caught((p, owner) -> new Bag(p) {
            @Override
            NDArray table(Collated batch, NDManager m) {
                Shape shape = new Shape(batch.field("ids").shape());
                return parameters.get("bias").add(rows(m.create(batch.field("ids").values(), shape), parameters.get("table")));
            }
        }, "stepsLeaveNoArraysBehind");
    }

    @Test
    void collateMakesTensors() {
        caught((p, owner) -> new Bag(p) {
            @Override
            public Collated collate(List<View> views) {
                owner.create(views.size());
                return super.collate(views);
            }
        }, "collatesInAnyThreadWithoutTensors");
    }

    @Test
    void collateKeepsState() {
        caught((p, owner) -> new Bag(p) {
            private long calls;

            @Override
            public Collated collate(List<View> views) {
                Collated right = super.collate(views);
                right.field("ids").values()[0] = calls++ % WORDS;
                return right;
            }
        }, "collatesInAnyThreadWithoutTensors");
    }

    @Test
    void aParameterIsCutOff() {
        caught((p, owner) -> new Bag(p) {
            @Override
            NDArray table(Collated batch, NDManager m) {
                NDArray all = super.table(batch, m);
                return all.stopGradient().add(m.zeros(new Shape(1)).add(parameters.get("bias")));
            }
        }, "theGradientReachesEveryParameter");
    }

    @Test
    void freezesTooMuch() {
        caught((p, owner) -> new Bag(p) {
            @Override
            public void freeze(int layers) {
                super.freeze(1);
            }
        }, "freezes");
    }

    @Test
    void freezesNothing() {
        caught((p, owner) -> new Bag(p) {
            @Override
            public void freeze(int layers) {}
        }, "freezes");
    }

    @Test
    void lengthWithoutPunctuation() {
        caught((p, owner) -> new Bag(p) {
            @Override
            public int length(View view) {
                return (int) view.passage().tokens().stream().filter(t -> !t.equals(".")).count();
            }
        }, "knowsTheLengthBeforehand");
    }

    @Test
    void saveForgetsTheExtraParameters() {
        caught((p, owner) -> new Bag(p) {
            @Override
            public void save(Path folder, Parameters extra) throws IOException {
                super.save(folder, new Parameters());
            }
        }, "whatIsSavedIsLoaded");
    }

    @Test
    void loadIgnoresTheFolder() {
        caught((p, owner) -> new Bag(p) {
            @Override
            public void restore(Path folder, Parameters extra) throws IOException {
                if (extra != parameters) super.restore(folder, extra);
            }
        }, "whatIsSavedIsLoaded", "anEmptyFolderIsNoModel");
    }

    @Test
    void restoreTakesAnyShape() {
        caught((p, owner) -> new Bag(p) {
            @Override
            public void restore(Path folder, Parameters extra) throws IOException {
                for (Map.Entry<String, NDArray> e : extra.all().entrySet())
                    if (e.getValue().getShape().dimension() == 2 && e.getValue().getShape().get(0) == 2)
                        super.restore(folder, new Parameters().add(e.getKey(), e.getValue().reshape(3, 2)));
                    else super.restore(folder, new Parameters().add(e.getKey(), e.getValue()));
            }
        }, "whatIsSavedIsLoaded");
    }
}
