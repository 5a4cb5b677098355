package relata.testkit;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.view.Bond;
import relata.api.view.Instance;
import relata.api.view.Pairing;

/** Pairings with planted mistakes, each caught by the test that should. */
class PairingContractTest {
    @ComponentName("mutant")
    @Doc("A pairing for a test.")
    @Source("")
    record Provider(Pairing pairing) implements ComponentProvider<Pairing, Provider.Config> {
        record Config() {}

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public Pairing create(Config config, Parts parts) {
            return pairing;
        }
    }

    private static PairingContract<?> contract(Pairing pairing) {
        return new PairingContract<Provider.Config>() {
            @Override
            public Provider provider() {
                return new Provider(pairing);
            }
        };
    }

    private static Bond right(Instance a, Instance b) {
        return a.pair() == b.pair() && a.view().source().id().equals(b.view().source().id()) ? Bond.POSITIVE : Bond.NEGATIVE;
    }

    @AfterAll
    static void allAreCaught() {
        Mutants.assertAllCaught(PairingContract.class);
    }

    @Test
    void aRightPairingPasses() {
        Mutants.assertPasses(contract(PairingContractTest::right));
    }

    @Test
    void allPairsOfAnExample() {
        // positives that are too many are a choice; what is missing is not
        Mutants.assertPasses(contract((a, b) -> a.view().source().id().equals(b.view().source().id()) ? Bond.POSITIVE : Bond.NEGATIVE));
        Mutants.assertCaught(contract((a, b) -> a.view() == b.view() ? Bond.POSITIVE : Bond.NEGATIVE), "viewsOfOnePairAttractEachOther");
    }

    @Test
    void identityInPlaceOfEquality() {
        Mutants.assertCaught(contract((a, b) -> a.pair() == b.pair() && a.view().source() == b.view().source() ? Bond.POSITIVE : Bond.NEGATIVE), "viewsOfOnePairAttractEachOther");
    }

    @Test
    void theAnchorsLabelsOnly() {
        Mutants.assertCaught(contract((a, b) -> right(a, b) == Bond.POSITIVE || !a.relations().isEmpty() && b.relations().containsAll(a.relations()) ? Bond.POSITIVE : Bond.NEGATIVE),
                "isSymmetricUnlessItSaysSo");
    }

    @Test
    void nothingAttracts() {
        Mutants.assertCaught(contract((a, b) -> Bond.NEGATIVE), "answersAboutEveryPair", "viewsOfOnePairAttractEachOther");
        Mutants.assertCaught(contract((a, b) -> Bond.POSITIVE), "answersAboutEveryPair");
    }

    @Test
    void unknownLabelsUnforeseen() {
        Mutants.assertCaught(contract((a, b) -> a.relations().get(0).equals(b.relations().get(0)) ? Bond.POSITIVE : Bond.NEGATIVE), "answersAboutEveryPair");
    }

    @Test
    void anAnswerThatChanges() {
        AtomicInteger asked = new AtomicInteger();
        Mutants.assertCaught(contract((a, b) -> right(a, b) == Bond.POSITIVE || asked.incrementAndGet() % 100 == 0 ? Bond.POSITIVE : Bond.NEGATIVE), "answersTheSameAgain");
    }
}
