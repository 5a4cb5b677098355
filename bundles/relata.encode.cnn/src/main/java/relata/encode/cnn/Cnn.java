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
 * Windows of several widths over word and position vectors, of each filter its maximum over the sentence: the relation vector is
 * tanh(max_i (W · x_i..x_i+w-1 + b)) for all filters of all widths (Nguyen and Grishman 2015; with one width the sentence-level features of
 * Zeng et al. 2014).
 */
@Component(service = ComponentProvider.class)
@ComponentName("cnn")
@Doc("Convolutions over words and their distances to head and tail, trained from nothing; one maximum over the sentence")
@Source("Nguyen and Grishman 2015; Zeng et al. 2014")
public final class Cnn implements ComponentProvider<EncoderLoader, Cnn.Config> {
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
            @Doc(Docs.WORD_SIZE) @Default("300") @Range("[1, inf)") int wordSize,
            @Doc(Docs.POSITION_SIZE) @Default("50") @Range("[1, inf)") int positionSize,
            @Doc(Docs.MAX_DISTANCE) @Default("50") @Range("[1, inf)") int maxDistance,
            @Doc(Docs.WIDTHS) @Default("[2, 3, 4, 5]") @Range("[1, inf)") List<Integer> widths,
            @Doc(Docs.FILTERS) @Default("150") @Range("[1, inf)") int filters,
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
        Architecture architecture = new Architecture("cnn", c.wordSize, c.positionSize, c.maxDistance, c.widths, c.filters, c.lowercase);
        return new CnnLoader(architecture, c.format, c.maxLength, c.minCount, c.vectors);
    }
}
