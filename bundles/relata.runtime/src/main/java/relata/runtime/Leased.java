package relata.runtime;

import java.util.List;
import java.util.concurrent.Callable;
import relata.api.corpus.Example;
import relata.api.evaluate.Embeddings;
import relata.api.evaluate.Predictions;
import relata.api.evaluate.RelationEncoder;
import relata.api.evaluate.RelationModel;
import relata.api.plugin.Leases.Lease;

/** A model or encoder that keeps the plug-ins its parts come from until it is closed. */
class Leased<T extends RelationEncoder> implements RelationEncoder {
    final T open;
    private final Lease lease;

    private Leased(T open, Lease lease) {
        this.open = open;
        this.lease = lease;
    }

    /** @param lease taken before anything of it was read; given back at once if it cannot be opened */
    static RelationEncoder encoder(Lease lease, Callable<RelationEncoder> opening) throws Exception {
        return new Leased<>(open(lease, opening), lease);
    }

    /** As {@link #encoder}. */
    static RelationModel model(Lease lease, Callable<RelationModel> opening) throws Exception {
        return new Model(open(lease, opening), lease);
    }

    private static <T> T open(Lease lease, Callable<T> opening) throws Exception {
        try {
            return opening.call();
        } catch (Exception | Error e) {
            lease.close();
            throw e;
        }
    }

    @Override
    public Embeddings encode(List<Example> examples) {
        return open.encode(examples);
    }

    @Override
    public void close() {
        try {
            open.close();
        } finally {
            lease.close();
        }
    }

    private static final class Model extends Leased<RelationModel> implements RelationModel {
        Model(RelationModel open, Lease lease) {
            super(open, lease);
        }

        @Override
        public List<String> labels() {
            return open.labels();
        }

        @Override
        public Predictions predict(List<Example> examples) {
            return open.predict(examples);
        }

        @Override
        public String engine() {
            return open.engine();
        }

        @Override
        public boolean concurrent() {
            return open.concurrent();
        }

        // the interface's own would hide it
        @Override
        public Embeddings encode(List<Example> examples) {
            return open.encode(examples);
        }
    }
}
