package relata.encode.transformer;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.learn.Encoder;
import relata.api.learn.EncoderLoader;
import relata.api.learn.Engine;
import relata.api.learn.GraphInputs;
import relata.api.learn.Parameters;
import relata.api.learn.Vocabulary;
import relata.api.run.Checkpoints;
import relata.text.Formatter;
import relata.text.InputFormat;
import relata.text.Markers;
import relata.weights.ModelFiles;
import relata.weights.Weight;
import relata.weights.Weights;

/** Encoders of the BERT family, from any Hugging Face model folder. */
@Component(service = ComponentProvider.class)
@ComponentName("transformer")
@Doc("BERT-family encoder that starts from pretrained weights")
@Source("Devlin et al. 2019; mention markers of Baldini Soares et al. 2019; formats of Peng et al. 2020")
public final class Transformer implements ComponentProvider<EncoderLoader, Transformer.Config> {
    private final List<Checkpoints> checkpoints = new CopyOnWriteArrayList<>();

    /**
     * Settings.
     *
     * @param checkpoint name of an installed model, or a folder
     * @param format input format
     * @param markers what is put around entities: 4, 6 or no tokens, see {@link Markers#of}
     * @param symbols tokens of the text that are one piece; the first is the blank of format only-context
     * @param pool how token states become relation vectors
     * @param maxLength sub-words, the two special tokens included
     * @param dropout in place of the model's own rates
     */
    public record Config(
            @Doc("name of an installed model such as minilm-l6, or a Hugging Face model folder") String checkpoint,
            @Doc("how the entities are shown: plain (not at all), mention (markers), typed-mention (markers and type words), type (its type in the place of each), only-context (a symbol in the place of "
                    + "each), only-mention, only-type (nothing else), masked (@TYPE$ in their place)") @Default("mention") InputFormat format,
            @Doc("start and end of the head, then of the tail; then, if wanted, of any entity where a passage has several pairs; [] for none. New ones get untrained rows in the vocabulary")
                    @Default("['[E1]', '[/E1]', '[E2]', '[/E2]', '[E]', '[/E]']") List<String> markers,
            @Doc("tokens that are read as one piece, for augmenters that blank entities; only-context puts the first in the place of mentions, or the first for heads and the second for tails")
                    @Default("['[BLANK]']") List<String> symbols,
            @Doc("relation vector from token states: cls, pooler, mention-starts, mention-mean or mean") @Default("mention-starts") Pool pool,
            @Doc("largest number of sub-words; longer passages are cut around and between the entities") @Default("128") @Range("[8, inf)") int maxLength,
            @Doc("dropout of layers and attention in training, in place of the model's own") @Range("[0, 1)") Optional<Double> dropout) {
        public Config {
            symbols = List.copyOf(symbols);
            markers = List.copyOf(markers);
            // wrong tokens are a mistake of the recipe, told before anything is loaded
            formatter(format, markers, symbols);
        }

        Formatter formatter() {
            return formatter(format, markers, symbols);
        }

        private static Formatter formatter(InputFormat format, List<String> markers, List<String> symbols) {
            return new Formatter(format, Markers.of(markers), symbols);
        }
    }

    /** Models to choose from by name. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addCheckpoints(Checkpoints models) {
        checkpoints.add(models);
    }

    /** Those models are gone. */
    public void removeCheckpoints(Checkpoints models) {
        checkpoints.remove(models);
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public EncoderLoader create(Config config, Parts parts) {
        return new EncoderLoader() {
            @Override
            public Encoder load(Engine engine, NDManager manager, Optional<Path> from) throws IOException {
                return Transformer.this.load(config, engine, manager, from);
            }

            @Override
            public Optional<GraphInputs> inputs(Path folder) throws IOException {
                return Optional.of(TransformerInputs.open(config, folder));
            }

            @Override
            public boolean keepsWhole(String symbol) {
                return config.symbols().contains(symbol);
            }

            @Override
            public boolean hasVocabulary() {
                return true;
            }
        };
    }

    private Encoder load(Config config, Engine engine, NDManager manager, Optional<Path> from) throws IOException {
        Path folder = from.isPresent() ? from.get() : folder(config.checkpoint());
        try {
            return engine.call(() -> load(config, folder, manager));
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(folder + ": the model does not load: " + e.getMessage(), e);
        }
    }

    private static Encoder load(Config config, Path folder, NDManager manager) throws IOException {
        BertConfig bert = BertConfig.read(folder);
        if (config.maxLength() > bert.positions())
            throw new IOException("maxLength is " + config.maxLength() + ", but the model in " + folder + " knows " + bert.positions() + " positions (max_position_embeddings in its config.json)");
        Formatter formatter = config.formatter();
        WordPieces pieces = WordPieces.open(folder, formatter.whole(), manager);
        int known = pieces.size() - pieces.added().size();
        if (known > bert.vocabulary())
            throw new IOException(pieces.file().source() + " has " + known + " tokens, but the model in " + folder + " knows " + bert.vocabulary() + " (vocab_size in its config.json)");
        Weights weights = ModelFiles.read(folder);
        boolean pooler = config.pool() == Pool.POOLER;
        Parameters parameters = BertWeights.read(bert, weights, pieces.added(), pooler, manager);
        List<Weight> unused = pooler ? List.of() : BertWeights.pooler(weights);
        SubWords.Reader reader = new SubWords.Reader(pieces, formatter, config.pool() == Pool.MENTION_STARTS, config.maxLength(), new AtomicBoolean(), new AtomicBoolean());
        float dropout = config.dropout().map(Double::floatValue).orElse(bert.dropout());
        float attentionDropout = config.dropout().map(Double::floatValue).orElse(bert.attentionDropout());
        Markers markers = formatter.format().marked() ? formatter.markers() : Markers.NONE;
        Optional<Vocabulary> vocabulary = BertVocabulary.of(pieces, markers, parameters.get(BertWeights.WORDS), BertWeights.languageModel(weights));
        return new TransformerEncoder(bert, pieces, reader, config.pool(), parameters, unused, new Bert(bert, parameters, dropout, attentionDropout), vocabulary);
    }

    private Path folder(String checkpoint) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        for (Checkpoints models : checkpoints) {
            Optional<Path> folder = models.folder(checkpoint);
            if (folder.isPresent()) return folder.get();
            names.addAll(models.names());
        }
        try {
            Path folder = Path.of(checkpoint);
            if (Files.isDirectory(folder)) return folder;
        } catch (InvalidPathException e) {
            // said below, as for any other name
        }
        throw new IOException("no model is called '" + checkpoint + "', and there is no such folder; installed: " + (names.isEmpty() ? "none" : String.join(", ", names)));
    }
}
