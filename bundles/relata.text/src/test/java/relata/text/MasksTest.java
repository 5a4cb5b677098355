package relata.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class MasksTest {
    @Test
    void knowsMasks() {
        for (String mask : List.of("@PROTEIN$", "@CHEM-GENE$", "@DRUG$", "@drug_1$", "@X$")) assertTrue(Masks.isMask(mask), mask);
        for (String word : List.of("@", "$", "@$", "@PROTEIN", "PROTEIN$", "@PROTEIN$.", "me@home.org", "@@$", "@a b$", "@a$b$", "protein"))
            assertFalse(Masks.isMask(word), word);
    }

    @Test
    void givesEachMaskANameOfItsOwn() {
        List<String> text = List.of("@PROTEIN$", "binds", "@PROTEIN$", ",", "not", "@CHEM-GENE$", "or", "@-$");
        Masks masks = Masks.of(text);
        assertEquals(List.of("Prota", "binds", "Protb", ",", "not", "Chema", "or", "Namea"), masks.nouns());
        assertEquals(text, masks.restore(masks.nouns()));
        assertEquals(List.of("@CHEM-GENE$", "and", "@PROTEIN$"), masks.restore(List.of("Chema", "and", "Protb")));
    }

    @Test
    void avoidsWordsOfTheText() {
        assertEquals(List.of("Protb", "Prota"), Masks.of(List.of("@PROTEIN$", "Prota")).nouns());
    }

    @Test
    void neverRunsOutOfNames() {
        List<String> many = Collections.nCopies(2000, "@GENE$");
        Masks masks = Masks.of(many);
        assertEquals(2000, new HashSet<>(masks.nouns()).size());
        assertEquals("Geneba", masks.nouns().get(26));
        assertEquals(many, masks.restore(masks.nouns()));
    }

    @Test
    void leavesTextWithoutMasks() {
        List<String> text = List.of("Nothing", "to", "do");
        assertEquals(text, Masks.of(text).nouns());
        assertEquals(text, Masks.of(text).restore(text));
    }
}
