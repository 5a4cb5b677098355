package relata.corpus.biomedical;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import relata.api.corpus.Corpus;
import relata.testkit.CorpusReaderContract;

/** The contract of a reader whose files are a fixture's. */
abstract class FixtureReaderContract<C extends Record> implements CorpusReaderContract<C> {
    @TempDir
    Path folder;

    private final Fixture good;
    private final Map<String, ?> more;

    /** @param more settings beside {@code root} */
    FixtureReaderContract(Fixture good, Map<String, ?> more) {
        this.good = good;
        this.more = more;
    }

    @Override
    public Map<String, ?> settings() {
        try {
            return with(good.write(folder.resolve("good")), more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a fixture. @param name of a folder of its own */
    Corpus read(Fixture fixture, String name, Map<String, ?> settings) throws IOException {
        return parts().create(provider(), with(fixture.write(folder.resolve(name)), settings)).read();
    }

    /** Reads a fixture a thousand times, each time damaged otherwise. @param place what an error must tell, as a regular expression */
    void damaged(Fixture fixture, Map<String, ?> settings, String place) throws IOException {
        new Damage(fixture, folder.resolve("damaged"), root -> parts().create(provider(), with(root, settings))).check(1000, place);
    }

    private static Map<String, ?> with(Path root, Map<String, ?> settings) {
        Map<String, Object> all = new LinkedHashMap<>(settings);
        all.put("root", root);
        return all;
    }
}
