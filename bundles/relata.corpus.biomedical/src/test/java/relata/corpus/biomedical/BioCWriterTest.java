package relata.corpus.biomedical;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.component.ComponentProvider;
import relata.api.corpus.Corpus;
import relata.api.corpus.CorpusReader;
import relata.api.corpus.CorpusWriter;
import relata.api.corpus.Omissions;
import relata.api.corpus.Pair;
import relata.testkit.CorpusWriterContract;

final class BioCWriterTest implements CorpusWriterContract<BioCWriter.Config> {
    @Override
    public ComponentProvider<CorpusWriter, BioCWriter.Config> provider() {
        return new BioCWriter();
    }

    @Override
    public ComponentProvider<CorpusReader, BioC.Config> reader() {
        return new BioC();
    }

    private static Pair pair(int head, int tail, String relation) {
        return new Pair(head, tail, List.of(relation));
    }

    @Override
    public List<Corpus> held() {
        Corpus both = Given.corpus(List.of("binds <&"), Map.of("train", List.of(Given.document("b \"1\"", "x", pair(0, 1, "binds <&"), pair(0, 2, "none")), Given.document("a", "T", pair(0, 1, "none"), pair(0, 2, "binds <&"))),
                "test", List.of(Given.document("c", "T", pair(0, 1, "none"), pair(0, 2, "none")))));
        return List.of(both, Given.corpus(List.of("binds"), Map.of("all", List.of(Given.document("a", "T", pair(0, 1, "binds"), pair(1, 0, "none"), pair(0, 2, "none"), pair(2, 0, "none"))))));
    }

    @Override
    public Map<String, NotHeld> notHeld() {
        Corpus control = Given.corpus(List.of("binds"), Map.of("train", List.of(Given.document("a", "T\u0001", pair(0, 1, "binds"), pair(0, 2, "none")))));
        return Map.of("two mentions", new NotHeld(Given.twice("a", "T"), "train example 'a'", "further mentions of entities"),
                "another split", new NotHeld(Given.corpus(List.of("binds"), Map.of("mine", List.of(Given.document("a", "T", pair(0, 1, "binds"), pair(0, 2, "none"))))), "split 'mine'", "all"),
                "a control character", new NotHeld(control, "train example 'a'", "characters that XML does not have"));
    }

    @Test
    void sentencesHoldTheirAnnotations(@TempDir Path folder) throws IOException {
        part().write(held().get(1), folder.resolve("out"), Omissions.REFUSED);
        assertEquals("""
                <?xml version="1.0" encoding="UTF-8"?>
                <!DOCTYPE collection SYSTEM "BioC.dtd">
                <collection>
                <source>Relata</source>
                <date></date>
                <key></key>
                <document><id>a</id>
                <passage><offset>0</offset>
                <sentence><offset>0</offset><text>😀 Left and right eyes see .</text>
                <annotation id="T1"><infon key="type">GENE</infon><location offset="2" length="4"/><location offset="17" length="4"/><text>Left eyes</text></annotation>
                </sentence>
                <sentence><offset>28</offset><text>The lens &lt; b &gt; bends .</text>
                <annotation id="T2"><infon key="type">LENS</infon><location offset="32" length="4"/><text>lens</text></annotation>
                <annotation id="T3"><infon key="type">LENS</infon><location offset="28" length="8"/><text>The lens</text></annotation>
                </sentence>
                </passage>
                <relation id="R1"><infon key="type">binds</infon><node refid="T1" role="head"/><node refid="T2" role="tail"/></relation>
                </document>
                </collection>
                """, Files.readString(folder.resolve("out/all.xml")));
    }

    /** The same in JSON. */
    @Nested
    final class Json implements CorpusWriterContract<BioCWriter.Config> {
        @Override
        public ComponentProvider<CorpusWriter, BioCWriter.Config> provider() {
            return new BioCWriter();
        }

        @Override
        public Map<String, ?> settings() {
            return Map.of("form", "json");
        }

        @Override
        public ComponentProvider<CorpusReader, BioC.Config> reader() {
            return new BioC();
        }

        @Override
        public List<Corpus> held() {
            return List.of(BioCWriterTest.this.held().get(0), BioCWriterTest.this.held().get(1),
                    Given.corpus(List.of("b"), Map.of("train", List.of(Given.document("\u0001", "\tT", pair(0, 1, "b"), pair(0, 2, "none"))))));
        }

        @Override
        public Map<String, NotHeld> notHeld() {
            return Map.of("two mentions", new NotHeld(Given.twice("a", "T"), "train example 'a'", "further mentions of entities"));
        }
    }
}
