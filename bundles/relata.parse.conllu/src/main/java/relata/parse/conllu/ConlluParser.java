package relata.parse.conllu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.view.DependencyGraph;
import relata.api.view.DependencyParser;

/**
 * Looks parses up that another program made and wrote in CoNLL-U: for other parsers, other languages, or gold trees. A text is found by its
 * tokens, which must be the words of the file exactly; a text of several sentences is put together from them. The files are read at the first parse.
 */
@Component(service = ComponentProvider.class)
@ComponentName("conllu")
@Doc("Parses made beforehand, in CoNLL-U files")
@Source("CoNLL-U, Universal Dependencies version 2")
public final class ConlluParser implements ComponentProvider<DependencyParser, ConlluParser.Config> {
    /** Settings. */
    public record Config(@Doc("A .conllu file, or a folder with such files, at any depth") Path root) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public DependencyParser create(Config config, Parts parts) {
        if (!Files.exists(config.root())) throw new IllegalArgumentException("root: there is no file or folder " + config.root());
        return new Parser(config.root());
    }

    private static final class Parser implements DependencyParser {
        private final Path root;
        private @Nullable Treebank treebank;

        Parser(Path root) {
            this.root = root;
        }

        @Override
        public DependencyGraph parse(List<String> tokens) {
            if (tokens.isEmpty()) throw new IllegalArgumentException("a text without tokens has no parse");
            return treebank().find(tokens);
        }

        @Override
        public String version() {
            return "conllu " + treebank().sha256();
        }

        private synchronized Treebank treebank() {
            Treebank read = treebank;
            if (read == null) {
                try {
                    read = Treebank.read(root);
                } catch (IOException e) {
                    throw new UncheckedIOException(e.getMessage(), e);
                }
                treebank = read;
            }
            return read;
        }
    }
}
