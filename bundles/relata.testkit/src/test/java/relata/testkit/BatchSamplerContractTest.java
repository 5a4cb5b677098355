package relata.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.corpus.Example;
import relata.api.view.BatchSampler;

/** Samplers with planted mistakes, each caught by the test that should. */
class BatchSamplerContractTest {
    /** Random pairs, a last single example joins the batch before it. */
    private static class Right implements BatchSampler {
        @Override
        public Iterator<int[]> epoch(List<Example> examples, RandomGenerator random) {
            List<Integer> order = order(examples.size(), random);
            List<int[]> batches = new ArrayList<>();
            for (int b = 0; b < batches(examples); b++)
                batches.add(order.subList(2 * b, b + 1 == batches(examples) ? order.size() : 2 * b + 2).stream().mapToInt(i -> i).toArray());
            return batches.iterator();
        }

        List<Integer> order(int n, RandomGenerator random) {
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < n; i++) order.add(random.nextInt(i + 1), i);
            return order;
        }

        @Override
        public int batches(List<Example> examples) {
            return Math.max(1, examples.size() / 2);
        }
    }

    @ComponentName("mutant")
    @Doc("A sampler for a test.")
    @Source("")
    record Provider(BatchSampler sampler) implements ComponentProvider<BatchSampler, Provider.Config> {
        record Config() {}

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public BatchSampler create(Config config, Parts parts) {
            return sampler;
        }
    }

    private static BatchSamplerContract<?> contract(BatchSampler sampler) {
        return new BatchSamplerContract<Provider.Config>() {
            @Override
            public Provider provider() {
                return new Provider(sampler);
            }
        };
    }

    private static void assertCaught(BatchSampler sampler, String... tests) {
        Mutants.assertCaught(contract(sampler), tests);
    }

    @AfterAll
    static void allAreCaught() {
        Mutants.assertAllCaught(BatchSamplerContract.class);
    }

    @Test
    void aRightSamplerPasses() {
        Mutants.assertPasses(contract(new Right()));
    }

    @Test
    void aWrongNumberOfBatches() {
        assertCaught(new Right() {
            @Override
            public Iterator<int[]> epoch(List<Example> examples, RandomGenerator random) {
                Iterator<int[]> all = super.epoch(examples, random);
                all.next();
                return all;
            }
        }, "givesAsManyBatchesAsItAnnounces", "givesEveryExampleOnceUnlessItSaysSo");
    }

    @Test
    void drawingWithReplacement() {
        assertCaught(new Right() {
            @Override
            List<Integer> order(int n, RandomGenerator random) {
                return random.ints(n, 0, n).boxed().toList();
            }
        }, "givesIndexesOfExamplesOnceInABatch", "givesEveryExampleOnceUnlessItSaysSo");
    }

    @Test
    void indexesFromOne() {
        assertCaught(new Right() {
            @Override
            List<Integer> order(int n, RandomGenerator random) {
                return super.order(n, random).stream().map(i -> i + 1).toList();
            }
        }, "givesIndexesOfExamplesOnceInABatch");
    }

    @Test
    void aLastBatchOfOne() {
        assertCaught(new Right() {
            @Override
            public Iterator<int[]> epoch(List<Example> examples, RandomGenerator random) {
                List<int[]> batches = new ArrayList<>();
                List<Integer> order = order(examples.size(), random);
                for (int i = 0; i < order.size(); i += 2) batches.add(order.subList(i, Math.min(order.size(), i + 2)).stream().mapToInt(x -> x).toArray());
                return batches.iterator();
            }

            @Override
            public int batches(List<Example> examples) {
                return (examples.size() + 1) / 2;
            }
        }, "givesNoBatchOfOneIfThereAreMore");
    }

    @Test
    void chanceOfItsOwn() {
        assertCaught(new Right() {
            private final Random own = new Random();

            @Override
            List<Integer> order(int n, RandomGenerator random) {
                return super.order(n, own);
            }
        }, "givesTheSameForTheSameGenerator");
    }

    @Test
    void noChance() {
        assertCaught(new Right() {
            @Override
            List<Integer> order(int n, RandomGenerator random) {
                return super.order(n, new Random(1));
            }
        }, "givesOtherBatchesForOtherGeneratorsUnlessItSaysSo");
    }

    @Test
    void anOrderKeptBetweenEpochs() {
        assertCaught(new Right() {
            private final List<Integer> kept = new ArrayList<>();

            @Override
            List<Integer> order(int n, RandomGenerator random) {
                if (kept.size() != n) {
                    kept.clear();
                    kept.addAll(super.order(n, random));
                }
                Collections.rotate(kept, random.nextInt(n));
                return kept;
            }
        }, "givesTheSameForTheSameGenerator");
    }

    @Test
    void oneIteratorForAllEpochs() {
        assertCaught(new Right() {
            private Iterator<int[]> last = Collections.emptyIterator();

            @Override
            public Iterator<int[]> epoch(List<Example> examples, RandomGenerator random) {
                last = super.epoch(examples, random);
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return last.hasNext();
                    }

                    @Override
                    public int[] next() {
                        return last.next();
                    }
                };
            }
        }, "twoEpochsMayBeReadAtOnce");
    }

    @Test
    void noEnd() {
        assertCaught(new Right() {
            @Override
            public Iterator<int[]> epoch(List<Example> examples, RandomGenerator random) {
                Iterator<int[]> all = super.epoch(examples, random);
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return all.hasNext();
                    }

                    @Override
                    public int[] next() {
                        return all.hasNext() ? all.next() : new int[0];
                    }
                };
            }
        }, "ends");
    }
}
