package relata.testkit;

import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.view.Bond;
import relata.api.view.Pairing;

/** Providers that are wrong on purpose, each caught by the test named for it. */
class ProviderContractTest {
    record Fine(@Doc("a share") @Default("0.5") @Range("[0, 1]") double share) {}

    record Undocumented(@Default("0.5") double share) {}

    record OutOfRange(@Doc("a share") @Default("2") @Range("[0, 1]") double share) {}

    record Unreadable(@Doc("a share") @Default("half") double share) {}

    /** A provider whose class says nothing; the mutants add annotations and settings. */
    abstract static class Base<C extends Record> {
        private final Class<C> type;

        Base(Class<C> type) {
            this.type = type;
        }

        public Class<C> configType() {
            return type;
        }

        public Pairing create(C config, Parts parts) {
            return (a, b) -> Bond.IGNORED;
        }
    }

    @ComponentName("fine")
    @Doc("Ignores all")
    @Source("")
    static final class Right extends Base<Fine> implements ComponentProvider<Pairing, Fine> {
        Right() {
            super(Fine.class);
        }
    }

    @Doc("Ignores all")
    @Source("")
    static final class Nameless extends Base<Fine> implements ComponentProvider<Pairing, Fine> {
        Nameless() {
            super(Fine.class);
        }
    }

    @ComponentName("NotFine")
    @Source("")
    static final class Shouting extends Base<Undocumented> implements ComponentProvider<Pairing, Undocumented> {
        Shouting() {
            super(Undocumented.class);
        }
    }

    @ComponentName("out-of-range")
    @Doc("Ignores all")
    @Source("")
    static final class WrongDefault extends Base<OutOfRange> implements ComponentProvider<Pairing, OutOfRange> {
        WrongDefault() {
            super(OutOfRange.class);
        }
    }

    @ComponentName("unreadable")
    @Doc("Ignores all")
    @Source("")
    static final class NoNumber extends Base<Unreadable> implements ComponentProvider<Pairing, Unreadable> {
        NoNumber() {
            super(Unreadable.class);
        }
    }

    @ComponentName("no-part")
    @Doc("Makes nothing")
    @Source("")
    static final class NoPart extends Base<Fine> implements ComponentProvider<Pairing, Fine> {
        NoPart() {
            super(Fine.class);
        }

        @Override
        public Pairing create(Fine config, Parts parts) {
            return null;
        }
    }

    /** The kind is hidden behind a type variable, so the platform could not find it. */
    abstract static class Open<T, C extends Record> implements ComponentProvider<T, C> {}

    @ComponentName("open")
    @Doc("Ignores all")
    @Source("")
    static final class Hidden extends Open<Pairing, Fine> {
        @Override
        public Class<Fine> configType() {
            return Fine.class;
        }

        @Override
        public Pairing create(Fine config, Parts parts) {
            return (a, b) -> Bond.IGNORED;
        }
    }

    private static <C extends Record> ProviderContract<Pairing, C> contract(Supplier<ComponentProvider<Pairing, C>> provider) {
        return provider::get;
    }

    @AfterAll
    static void allAreCaught() {
        Mutants.assertAllCaught(ProviderContract.class);
    }

    @Test
    void aRightProviderPasses() {
        Mutants.assertPasses(contract(Right::new));
    }

    @Test
    void wrongProvidersAreCaught() {
        Mutants.assertCaught(contract(Nameless::new), "hasANameInLowerCaseWithHyphens");
        Mutants.assertCaught(contract(Shouting::new), "hasANameInLowerCaseWithHyphens", "documentsItselfAndItsSettings");
        Mutants.assertCaught(contract(WrongDefault::new), "itsDefaultsFit");
        Mutants.assertCaught(contract(NoNumber::new), "itsDefaultsFit");
        Mutants.assertCaught(contract(Hidden::new), "namesItsKind");
        Mutants.assertCaught(contract(NoPart::new), "makesPartsOfItsKind");
    }
}
