package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.view.Bond;
import relata.api.view.Instance;
import relata.api.view.Pairing;
import relata.api.view.View;

/**
 * What holds for every pairing. Extend it and name the provider.
 *
 * @param <C> the record of its settings
 */
public abstract class PairingContract<C extends Record> implements ProviderContract<Pairing, C> {
    /** False if an anchor may attract a candidate that does not attract it. */
    protected boolean symmetric() {
        return true;
    }

    @Test
    void answersAboutEveryPair() {
        Pairing pairing = part();
        Set<Bond> bonds = new TreeSet<>();
        each((a, b) -> {
            Bond bond = pairing.bond(a, b);
            assertNotNull(bond, () -> "no answer about " + text(a) + " and " + text(b));
            bonds.add(bond);
        });
        assertTrue(bonds.contains(Bond.POSITIVE), "something must attract something in the tiny corpus");
        assertTrue(bonds.contains(Bond.NEGATIVE), "something must repel something in the tiny corpus");
    }

    @Test
    void viewsOfOnePairAttractEachOther() {
        Pairing pairing = part();
        each((a, b) -> {
            if (a.pair() == b.pair() && a.view().source().id().equals(b.view().source().id()))
                assertEquals(Bond.POSITIVE, pairing.bond(a, b), () -> "two views of pair " + a.pair() + " of " + a.view().source().id() + " must attract each other");
        });
    }

    @Test
    void isSymmetricUnlessItSaysSo() {
        Assumptions.assumeTrue(symmetric(), "need not be symmetric");
        Pairing pairing = part();
        each((a, b) -> assertEquals(pairing.bond(a, b), pairing.bond(b, a), () -> "between " + text(a) + " and " + text(b) + "; override symmetric() if that is meant"));
    }

    @Test
    void answersTheSameAgain() {
        Pairing pairing = part();
        List<Instance> instances = instances();
        List<Bond> first = bonds(pairing, instances);
        assertEquals(first, bonds(pairing, instances), "the same question must get the same answer");
        assertEquals(first, bonds(part(), instances()), "an equal part must give the same answers about equal instances");
    }

    private interface Check {
        void of(Instance a, Instance b);
    }

    /** Any two; a failure is told by two alone. */
    private static void each(Check check) {
        new Smallest<List<Instance>>(list -> Smallest.parts(list, 2), list -> String.join("; and ", list.stream().map(PairingContract::text).toList())).one(instances(), list -> {
            for (Instance a : list) for (Instance b : list) if (a != b) check.of(a, b);
        });
    }

    private static List<Bond> bonds(Pairing pairing, List<Instance> instances) {
        List<Bond> bonds = new ArrayList<>();
        for (Instance a : instances) for (Instance b : instances) if (a != b) bonds.add(pairing.bond(a, b));
        return bonds;
    }

    /** Two views of each pair of the tiny corpus, of its document, and of a copy without labels. */
    private static List<Instance> instances() {
        List<Example> examples = new ArrayList<>(TinyCorpus.corpus().splits().get("train"));
        examples.add(TinyCorpus.document());
        Example first = examples.get(0);
        examples.add(new Example("unlabelled", first.passage(), List.of(new Pair(0, 1, List.of()))));
        List<Instance> instances = new ArrayList<>();
        for (Example e : examples)
            for (View view : List.of(View.of(e), View.of(new Example(e.id(), e.passage(), e.pairs()))))
                for (int pair = 0; pair < e.pairs().size(); pair++) instances.add(new Instance(view, pair));
        return instances;
    }

    private static String text(Instance instance) {
        return "pair " + instance.pair() + " of " + instance.view().source().id() + " " + instance.relations();
    }
}
