package relata.encode.cnn;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.learn.EncoderLoader;
import relata.text.InputFormat;

/**
 * As {@link Cnn}, but of each filter three maxima: over the words up to the end of the first entity, from there to the end of the second,
 * and over the rest (Zeng et al. 2015, piecewise max pooling). A piece without words gives 0.
 */
@Component(service = ComponentProvider.class)
@ComponentName("pcnn")
@Doc("Convolutions over words and their distances to head and tail, trained from nothing; a maximum for each of the three pieces that the entities make")
@Source("Zeng et al. 2015")
public final class Pcnn implements ComponentProvider<EncoderLoader, Pcnn.Config> {
    /**
     * Settings.
     *
     * @param vectors word vectors to start from
     * @param wordSize numbers in a word vector
     * @param positionSize numbers in a position vector
     * @param maxDistance farthest distance that is told from farther ones
     * @param widths words in a window
     * @param filters of each width
     * @param minCount rarer words are unknown
     * @param lowercase whether capitals are read as small letters
     * @param format input format
     * @param maxLength words that are read
     */
    public record Config(
            @Doc(Docs.VECTORS) Optional<Path> vectors,
            @Doc(Docs.WORD_SIZE) @Default("50") @Range("[1, inf)") int wordSize,
            @Doc(Docs.POSITION_SIZE) @Default("5") @Range("[1, inf)") int positionSize,
            @Doc(Docs.MAX_DISTANCE) @Default("50") @Range("[1, inf)") int maxDistance,
            @Doc(Docs.WIDTHS) @Default("[3]") @Range("[1, inf)") List<Integer> widths,
            @Doc(Docs.FILTERS) @Default("230") @Range("[1, inf)") int filters,
            @Doc(Docs.MIN_COUNT) @Default("2") @Range("[1, inf)") int minCount,
            @Doc(Docs.LOWERCASE) @Default("true") boolean lowercase,
            @Doc(Docs.FORMAT) @Default("plain") InputFormat format,
            @Doc(Docs.MAX_LENGTH) @Default("128") @Range("[2, inf)") int maxLength) {
        public Config {
            widths = List.copyOf(widths);
            Architecture.check(widths);
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public EncoderLoader create(Config c, Parts parts) {
        Architecture architecture = new Architecture("pcnn", c.wordSize, c.positionSize, c.maxDistance, c.widths, c.filters, c.lowercase);
        return new CnnLoader(architecture, c.format, c.maxLength, c.minCount, c.vectors);
    }
}
