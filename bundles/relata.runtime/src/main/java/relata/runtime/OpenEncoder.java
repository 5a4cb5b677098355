package relata.runtime;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import relata.api.component.Parts;
import relata.api.corpus.Example;
import relata.api.evaluate.Embeddings;
import relata.api.evaluate.RelationEncoder;
import relata.api.learn.Encoder;
import relata.api.learn.Engine;
import relata.api.run.Recipes;

/** The encoder of a model folder, without what was trained on top of it. */
final class OpenEncoder implements RelationEncoder {
    private final Engine engine;
    private final NDManager manager;
    private final Encoder encoder;

    private OpenEncoder(Engine engine, NDManager manager, Encoder encoder) {
        this.engine = engine;
        this.manager = manager;
        this.encoder = encoder;
    }

    /** Opens {@code folder}, which has {@code relata.json}, weights and tokeniser. */
    static RelationEncoder open(Engine engine, Recipes recipes, Parts parts, Path folder) throws Exception {
        ModelCard card = ModelCard.read(folder);
        return engine.call(() -> {
            NDManager manager = engine.newManager();
            try {
                return new OpenEncoder(engine, manager, OpenModel.loader(recipes, parts, card).load(engine, manager, Optional.of(folder)));
            } catch (Exception | Error e) {
                manager.close();
                throw e;
            }
        });
    }

    @Override
    public Embeddings encode(List<Example> examples) {
        return vectors(engine, manager, encoder, examples);
    }

    /** Vectors of the pairs of examples, without a checked exception. */
    static Embeddings vectors(Engine engine, NDManager manager, Encoder encoder, List<Example> examples) {
        try {
            return new Embeddings(FrozenModel.vectors(engine, manager, encoder, examples, () -> {}));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
