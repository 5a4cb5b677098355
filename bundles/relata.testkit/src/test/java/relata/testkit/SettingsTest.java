package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Ref;
import relata.api.component.Source;
import relata.api.corpus.Entity;
import relata.api.corpus.Example;
import relata.api.corpus.Pair;
import relata.api.corpus.Passage;
import relata.api.view.Bond;
import relata.api.view.Instance;
import relata.api.view.Pairing;
import relata.api.view.View;

class SettingsTest {
    enum Mood { VERY_CALM, LOUD }

    record Inner(@Doc("a number") @Default("3") int n) {}

    record All(
            @Default("2") int count,
            @Default("-7") long big,
            @Default("1e-3") @Range("(0, 1]") double share,
            @Default("true") boolean on,
            @Default("'a, b'") String text,
            @Default("folder/file") Path path,
            @Default("very-calm") Mood mood,
            Optional<Double> maybe,
            @Default("[1, 2.5]") @Range("[0, inf)") List<Double> numbers,
            @Default("{ k: [x, y], l: [] }") Map<String, List<String>> lists,
            @Default("{ n: 4 }") Inner inner) {}

    record WithRef(@Default("{ use: always, with: { bond: negative } }") Ref<Pairing> pairing, List<Ref<Pairing>> more) {}

    @ComponentName("always")
    @Doc("Always the same bond")
    @Source("")
    static final class Always implements ComponentProvider<Pairing, Always.Config> {
        record Config(@Doc("the bond") @Default("positive") Bond bond) {}

        @Override
        public Class<Config> configType() {
            return Config.class;
        }

        @Override
        public Pairing create(Config config, Parts parts) {
            return (a, b) -> config.bond();
        }
    }

    @Test
    void defaultsOfEveryType() {
        assertEquals(new All(2, -7, 1e-3, true, "a, b", Path.of("folder/file"), Mood.VERY_CALM, Optional.empty(), List.of(1.0, 2.5),
                Map.of("k", List.of("x", "y"), "l", List.of()), new Inner(4)), Settings.of(All.class));
    }

    @Test
    void valuesInPlaceOfDefaults() {
        All all = Settings.of(All.class, Map.of("count", 9, "mood", Mood.LOUD, "maybe", 0.25, "numbers", List.of(1, "2"), "inner", "{ n: 8 }"));
        assertEquals(9, all.count());
        assertEquals(Mood.LOUD, all.mood());
        assertEquals(Optional.of(0.25), all.maybe());
        assertEquals(List.of(1.0, 2.0), all.numbers());
        assertEquals(8, all.inner().n());
        assertEquals(Mood.LOUD, Settings.of(All.class, Map.of("mood", "loud")).mood());
    }

    @Test
    void referencesToOtherParts() {
        TestParts parts = TestParts.of(new Always());
        WithRef settings = Settings.of(WithRef.class, Map.of("more", List.of("always", parts.ref(Pairing.class, "always"))), parts);
        assertEquals(new Always.Config(Bond.NEGATIVE), settings.pairing().config());
        assertEquals(2, settings.more().size());
        assertEquals(new Always.Config(Bond.POSITIVE), settings.more().get(0).config());
        Pairing pairing = parts.create(settings.pairing());
        assertEquals(Bond.POSITIVE, parts.create(settings.more().get(0)).bond(instance(), instance()));
        assertEquals(Bond.NEGATIVE, pairing.bond(instance(), instance()));
        assertSame(parts.cache(), parts.cache());
        String message = assertThrows(IllegalArgumentException.class, () -> parts.ref(Pairing.class, "never")).getMessage();
        assertTrue(message.contains("never") && message.contains("Pairing 'always'"), message);
    }

    @Test
    void mistakesAreNamed() {
        assertTrue(mistake(Map.of("shares", 1)).contains("[shares]"));
        assertEquals("All.share was 0.0 but must be in (0, 1]", mistake(Map.of("share", 0)));
        assertEquals("All.share was 1.5 but must be in (0, 1]", mistake(Map.of("share", 1.5)));
        assertEquals("All.numbers was -1.0 but must be in [0, inf)", mistake(Map.of("numbers", "[1, -1]")));
        assertEquals("All.count was 'two' but must be a number", mistake(Map.of("count", "two")));
        assertTrue(mistake(Map.of("mood", "VERY_CALM")).startsWith("All.mood was 'VERY_CALM'"));
        assertTrue(mistake(Map.of("on", "yes")).startsWith("All.on was 'yes'"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Settings.of(WithRef.class, Map.of("pairing", "always"), TestParts.of(new Always())))
                .getMessage().contains("WithRef.more has no default"));
        assertTrue(mistake(Map.of("numbers", "[1, 2")).contains("',' or ']'"));
    }

    private static Instance instance() {
        Passage passage = new Passage("p", List.of("a", "b"), List.of(), List.of(Entity.of("e1", "", 0, 1), Entity.of("e2", "", 1, 2)), List.of());
        return new Instance(View.of(new Example("x", passage, List.of(new Pair(0, 1, List.of())))), 0);
    }

    private static String mistake(Map<String, ?> values) {
        return assertThrows(IllegalArgumentException.class, () -> Settings.of(All.class, values)).getMessage();
    }
}
