package relata.sample.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.view.Bond;
import relata.api.view.Instance;
import relata.api.view.Pairing;
import relata.api.view.View;
import relata.testkit.PairingContract;
import relata.testkit.TestParts;
import relata.testkit.TinyCorpus;

class PairingsTest {
    @Nested
    class SameExampleTest extends PairingContract<SameExample.Config> {
        @Override
        public SameExample provider() {
            return new SameExample();
        }
    }

    @Nested
    class SameRelationTest extends PairingContract<SameRelation.Config> {
        @Override
        public SameRelation provider() {
            return new SameRelation();
        }
    }

    @Nested
    class SameRelationButNoneTest extends PairingContract<SameRelation.Config> {
        @Override
        public SameRelation provider() {
            return new SameRelation();
        }

        @Override
        public Map<String, ?> settings() {
            return Map.of("negative", "none");
        }
    }

    @Nested
    class SameEntitiesTest extends PairingContract<SameEntities.Config> {
        @Override
        public SameEntities provider() {
            return new SameEntities();
        }
    }

    @Nested
    class SameNamesTest extends PairingContract<SameEntities.Config> {
        @Override
        public SameEntities provider() {
            return new SameEntities();
        }

        @Override
        public Map<String, ?> settings() {
            return Map.of("names", true);
        }
    }

    private static Instance labelled(String id, String... labels) {
        return new Instance(View.of(TinyCorpus.example(id, "<h:A a> and <t:B b> .", labels)), 0);
    }

    private static Instance of(String id, String text) {
        return new Instance(View.of(TinyCorpus.example(id, text)), 0);
    }

    private static Bond bond(ComponentProvider<Pairing, ?> provider, Map<String, ?> settings, Instance a, Instance b) {
        return TestParts.of().create(provider, settings).bond(a, b);
    }

    @Test
    void otherPairsOfAPassageRepel() {
        Instance first = new Instance(View.of(TinyCorpus.document()), 0);
        Instance second = new Instance(View.of(TinyCorpus.document()), 1);
        assertEquals(Bond.NEGATIVE, bond(new SameExample(), Map.of(), first, second));
        assertEquals(Bond.POSITIVE, bond(new SameExample(), Map.of(), second, new Instance(View.of(TinyCorpus.document()), 1)));
    }

    @Test
    void sharedLabelsAttract() {
        String[][][] cases = {
            {{"r"}, {"r"}, {"POSITIVE", "POSITIVE"}}, {{"r"}, {"s"}, {"NEGATIVE", "NEGATIVE"}}, {{"r", "s"}, {"s", "t"}, {"POSITIVE", "POSITIVE"}},
            {{"none"}, {"none"}, {"POSITIVE", "IGNORED"}}, {{"none"}, {"r"}, {"NEGATIVE", "NEGATIVE"}}, {{"none", "r"}, {"none", "r"}, {"POSITIVE", "POSITIVE"}},
            {{"none", "r"}, {"none", "s"}, {"POSITIVE", "IGNORED"}}, {{}, {"r"}, {"IGNORED", "IGNORED"}}, {{}, {}, {"IGNORED", "IGNORED"}},
        };
        for (String[][] c : cases) {
            Instance a = labelled("a", c[0]);
            Instance b = labelled("b", c[1]);
            assertEquals(c[2][0], bond(new SameRelation(), Map.of(), a, b).name(), Arrays.deepToString(c));
            assertEquals(c[2][1], bond(new SameRelation(), Map.of("negative", "none"), a, b).name(), Arrays.deepToString(c));
        }
    }

    @Test
    void viewsOfAPairAttractWithoutALabelToo() {
        for (String[] labels : new String[][] {{}, {"none"}})
            assertEquals(Bond.POSITIVE, bond(new SameRelation(), Map.of("negative", "none"), labelled("a", labels), labelled("a", labels)));
    }

    @Test
    void sameEntitiesInAnyPassage() {
        Instance a = of("a", "<h:P Anna> saw <t:P Bo> .");
        Instance same = of("b", "<t:P Bo> was seen by <h:P Anna> .");
        Instance turned = of("c", "<h:P Bo> saw <t:P Anna> .");
        Instance half = of("d", "<h:P Anna> saw <t:P Cy> .");
        assertEquals(List.of(Bond.POSITIVE, Bond.NEGATIVE, Bond.NEGATIVE), List.of(same, turned, half).stream().map(c -> bond(new SameEntities(), Map.of(), a, c)).toList());
        assertEquals(List.of(Bond.POSITIVE, Bond.POSITIVE, Bond.NEGATIVE), List.of(same, turned, half).stream().map(c -> bond(new SameEntities(), Map.of("ordered", false), a, c)).toList());
    }

    @Test
    void theEntitiesOfThePairAskedAboutCount() {
        Example document = TinyCorpus.document();
        Example turned = new Example("turned", document.passage(), List.of(new Pair(2, 1, List.of())));
        assertEquals(Bond.POSITIVE, bond(new SameEntities(), Map.of(), new Instance(View.of(document), 4), new Instance(View.of(turned), 0)));
        assertEquals(Bond.NEGATIVE, bond(new SameEntities(), Map.of(), new Instance(View.of(document), 0), new Instance(View.of(turned), 0)));
    }

    private static Instance counted(String id, String head, String tail, String... entityIds) {
        List<Entity> entities = List.of(Entity.of(entityIds[0], "", 0, 1), Entity.of(entityIds[1], "", 2, 3));
        return new Instance(View.of(new Example(id, new Passage(id, List.of(head, "saw", tail), List.of(0), entities, List.of()), List.of(new Pair(0, 1, List.of())))), 0);
    }

    @Test
    void idsThatOnlyCountAreNoIds() {
        Instance a = counted("a", "Anna", "Bo", "e0", "e1");
        assertEquals(Bond.NEGATIVE, bond(new SameEntities(), Map.of(), a, counted("b", "Cy", "Bo", "e0", "e1")));
        assertEquals(Bond.POSITIVE, bond(new SameEntities(), Map.of(), a, counted("b", "anna", "BO", "e0", "e1")));
        Instance known = counted("c", "Anna", "Bo", "Q1", "Q2");
        assertEquals(Bond.NEGATIVE, bond(new SameEntities(), Map.of(), known, counted("d", "Anna", "Bo", "Q1", "Q3")));
        assertEquals(Bond.POSITIVE, bond(new SameEntities(), Map.of("names", true), known, counted("d", "Anna", "Bo", "Q1", "Q3")));
    }
}
