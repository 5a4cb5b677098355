package relata.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.evaluate.Classifier;
import relata.api.evaluate.Embeddings;
import relata.api.evaluate.Fitted;

/** Classifiers with planted mistakes, each caught by the test that should. */
class ClassifierContractTest {
    /** Nearest centroid, with places to go wrong. */
    private static class Right implements Classifier {
        @Override
        public Fitted fit(Embeddings embeddings, List<String> labels, RandomGenerator random) {
            if (embeddings.size() == 0 || embeddings.size() != labels.size()) throw new IllegalArgumentException("vectors and labels differ in number");
            for (float[] row : embeddings.rows()) for (float x : row) if (!Float.isFinite(x)) throw new IllegalArgumentException("not a number");
            List<String> names = names(labels);
            double[][] means = new double[names.size()][embeddings.width()];
            for (int n = 0; n < means.length; n++) {
                int count = 0;
                for (int r = 0; r < embeddings.size(); r++) {
                    if (!labels.get(r).equals(names.get(n))) continue;
                    count++;
                    for (int i = 0; i < means[n].length; i++) means[n][i] += embeddings.rows()[r][i];
                }
                for (int i = 0; i < means[n].length; i++) means[n][i] /= count;
            }
            return fitted(names, means, random);
        }

        List<String> names(List<String> labels) {
            return List.copyOf(new TreeSet<>(labels));
        }

        Fitted fitted(List<String> names, double[][] means, RandomGenerator random) {
            return new Fitted() {
                @Override
                public List<String> labels() {
                    return names;
                }

                @Override
                public double[] score(float[] vector) {
                    return scores(means, vector, random);
                }
            };
        }

        double[] scores(double[][] means, float[] vector, RandomGenerator random) {
            if (vector.length != means[0].length) throw new IllegalArgumentException("another width");
            double[] scores = new double[means.length];
            for (int n = 0; n < means.length; n++) scores[n] = score(means[n], vector);
            return scores;
        }

        double score(double[] mean, float[] vector) {
            double sum = 0;
            for (int i = 0; i < mean.length; i++) sum += (mean[i] - vector[i]) * (mean[i] - vector[i]);
            return -sum;
        }
    }

    @ComponentName("mutant")
    @Doc("A classifier for a test.")
    @Source("")
    record Provider(Classifier classifier) implements ComponentProvider<Classifier, Provider.Config> {
        record Config() {}

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public Classifier create(Config config, Parts parts) {
            return classifier;
        }
    }

    private static ClassifierContract<?> contract(Classifier classifier) {
        return new ClassifierContract<Provider.Config>() {
            @Override
            public Provider provider() {
                return new Provider(classifier);
            }
        };
    }

    private static void assertCaught(Classifier classifier, String... tests) {
        Mutants.assertCaught(contract(classifier), tests);
    }

    @AfterAll
    static void allAreCaught() {
        Mutants.assertAllCaught(ClassifierContract.class);
    }

    @Test
    void aRightClassifierPasses() {
        Mutants.assertPasses(contract(new Right()));
    }

    @Test
    void distancesInPlaceOfScores() {
        assertCaught(new Right() {
            @Override
            double score(double[] mean, float[] vector) {
                return -super.score(mean, vector);
            }
        }, "tellsApartWhatLiesApart");
    }

    @Test
    void labelsInTheOrderOfTheData() {
        assertCaught(new Right() {
            @Override
            List<String> names(List<String> labels) {
                return labels.stream().distinct().toList();
            }
        }, "itsLabelsAreThoseOfTheDataSorted");
    }

    @Test
    void scoresInAnotherOrderThanLabels() {
        assertCaught(new Right() {
            @Override
            Fitted fitted(List<String> names, double[][] means, RandomGenerator random) {
                double[][] turned = means.clone();
                if (means.length > 1) {
                    turned[0] = means[1];
                    turned[1] = means[0];
                }
                return super.fitted(names, turned, random);
            }
        }, "tellsApartWhatLiesApart", "scoresBelongToLabelsNotToPlaces");
    }

    @Test
    void divisionByALengthOfZero() {
        assertCaught(new Right() {
            @Override
            double score(double[] mean, float[] vector) {
                double dot = 0;
                double a = 0;
                double b = 0;
                for (int i = 0; i < mean.length; i++) {
                    dot += mean[i] * vector[i];
                    a += mean[i] * mean[i];
                    b += vector[i] * vector[i];
                }
                return dot / Math.sqrt(a * b);
            }
        }, "givesAFiniteScoreForEachLabel");
    }

    @Test
    void theLastVectorOnly() {
        assertCaught(new Right() {
            @Override
            public Fitted fit(Embeddings embeddings, List<String> labels, RandomGenerator random) {
                super.fit(embeddings, labels, random);
                List<String> names = names(labels);
                double[][] last = new double[names.size()][embeddings.width()];
                for (int r = 0; r < embeddings.size(); r++) for (int i = 0; i < embeddings.width(); i++) last[names.indexOf(labels.get(r))][i] = embeddings.rows()[r][i];
                return fitted(names, last, random);
            }
        }, "doesNotDependOnTheOrderOfTheData");
    }

    @Test
    void chanceInEveryAnswer() {
        assertCaught(new Right() {
            @Override
            double[] scores(double[][] means, float[] vector, RandomGenerator random) {
                double[] scores = super.scores(means, vector, random);
                scores[0] += random.nextDouble();
                return scores;
            }
        }, "givesTheSameAgain");
    }

    @Test
    void chanceOfItsOwn() {
        Random own = new Random();
        assertCaught(new Right() {
            @Override
            Fitted fitted(List<String> names, double[][] means, RandomGenerator random) {
                for (double[] mean : means) mean[0] += 1e-3 * own.nextDouble();
                return super.fitted(names, means, random);
            }
        }, "givesTheSameAgain");
    }

    @Test
    void oneStateForAll() {
        assertCaught(new Right() {
            private double[][] kept = {};

            @Override
            Fitted fitted(List<String> names, double[][] means, RandomGenerator random) {
                kept = means;
                return new Fitted() {
                    @Override
                    public List<String> labels() {
                        return names;
                    }

                    @Override
                    public double[] score(float[] vector) {
                        return scores(kept, vector, random);
                    }
                };
            }
        }, "givesTheSameAgain");
    }

    @Test
    void oneArrayForAllAnswers() {
        assertCaught(new Right() {
            private double[] shared = {};

            @Override
            double[] scores(double[][] means, float[] vector, RandomGenerator random) {
                double[] scores = super.scores(means, vector, random);
                if (shared.length != scores.length) shared = scores;
                System.arraycopy(scores, 0, shared, 0, scores.length);
                return shared;
            }
        }, "servesSeveralThreads");
    }

    @Test
    void aCacheGivenOut() {
        assertCaught(new Right() {
            private final List<Object[]> cache = new ArrayList<>();

            @Override
            double[] scores(double[][] means, float[] vector, RandomGenerator random) {
                for (Object[] entry : cache) if (entry[0] == vector) return (double[]) entry[1];
                double[] scores = super.scores(means, vector, random);
                synchronized (cache) {
                    cache.add(new Object[] {vector, scores});
                }
                return scores;
            }
        }, "leavesItsInputAlone");
    }

    @Test
    void vectorsScaledInPlace() {
        assertCaught(new Right() {
            @Override
            double[] scores(double[][] means, float[] vector, RandomGenerator random) {
                double[] scores = super.scores(means, vector, random);
                for (int i = 0; i < vector.length; i++) vector[i] /= 2;
                return scores;
            }
        }, "leavesItsInputAlone");
        assertCaught(new Right() {
            @Override
            public Fitted fit(Embeddings embeddings, List<String> labels, RandomGenerator random) {
                Fitted fitted = super.fit(embeddings, labels, random);
                embeddings.rows()[0][0] = 0;
                return fitted;
            }
        }, "leavesItsInputAlone");
    }

    @Test
    void anythingAccepted() {
        assertCaught(new Right() {
            @Override
            double[] scores(double[][] means, float[] vector, RandomGenerator random) {
                double[] scores = new double[means.length];
                for (int n = 0; n < scores.length; n++) scores[n] = score(means[n], vector);
                return scores;
            }
        }, "refusesWhatDoesNotFit");
    }
}
