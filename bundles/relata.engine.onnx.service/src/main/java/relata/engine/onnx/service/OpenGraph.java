package relata.engine.onnx.service;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import relata.api.learn.Collated;
import relata.api.learn.GraphEngine;

/** A session of ONNX Runtime. */
final class OpenGraph implements GraphEngine.Runner {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Path file;
    private final Map<String, String> properties;
    // many run, one closes: the native session must outlive the last that runs
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private boolean closed;

    OpenGraph(OrtEnvironment environment, OrtSession session, Path file) throws OrtException {
        this.environment = environment;
        this.session = session;
        this.file = file;
        this.properties = Map.copyOf(session.getMetadata().getCustomMetadata());
    }

    @Override
    public Map<String, String> properties() {
        return properties;
    }

    @Override
    public float[][] run(Map<String, Collated.Field> inputs, String output) {
        use.readLock().lock();
        Map<String, OnnxTensor> tensors = new HashMap<>();
        try {
            if (closed) throw new IllegalStateException(file + " has been closed");
            for (Map.Entry<String, Collated.Field> input : inputs.entrySet())
                tensors.put(input.getKey(), OnnxTensor.createTensor(environment, LongBuffer.wrap(input.getValue().values()), input.getValue().shape()));
            try (OrtSession.Result result = session.run(tensors, Set.of(output))) {
                OnnxValue found = result.get(0);
                if (!(found.getValue() instanceof float[][] rows)) throw new IllegalStateException(file + ": '" + output + "' is no matrix of numbers, but " + found.getInfo());
                return rows;
            }
        } catch (OrtException e) {
            throw new IllegalStateException(file + " cannot be run: " + e.getMessage(), e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
            use.readLock().unlock();
        }
    }

    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (closed) return;
            closed = true;
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(file + " cannot be closed: " + e.getMessage(), e);
        } finally {
            use.writeLock().unlock();
        }
    }
}
