package relata.engine.pytorch.service;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.concurrent.atomic.AtomicReference;
import relata.api.learn.Engine;

/** Gradients on in one thread. Its owner holds at most one at a time, so that two runs never mix. */
final class GradientTape implements Engine.Tape {
    private final AtomicReference<GradientTape> open;
    private final Thread thread = Thread.currentThread();

    private GradientTape(AtomicReference<GradientTape> open) {
        this.open = open;
    }

    static GradientTape open(AtomicReference<GradientTape> open) {
        GradientTape tape = new GradientTape(open);
        GradientTape other = open.compareAndExchange(null, tape);
        if (other != null)
            throw new IllegalStateException("gradients are already recorded by thread '" + other.thread.getName()
                    + "': only one recording at a time in a process; close it first");
        JniUtils.setGradMode(true);
        return tape;
    }

    @Override
    public void backward(NDArray loss) {
        mine();
        if (loss.getShape().size() != 1)
            throw new IllegalArgumentException("backward starts from one number but the loss has shape " + loss.getShape());
        try (NDArray one = loss.getManager().ones(loss.getShape(), loss.getDataType())) {
            JniUtils.backward((PtNDArray) loss, (PtNDArray) one, false, false);
        } catch (EngineException e) {
            // DJL shows nothing to ask before: its requiresGrad is false of every computed array
            if (!String.valueOf(e.getMessage()).contains("does not require grad")) throw e;
            throw new IllegalStateException("the loss depends on no trainable parameter, or was computed while gradients were off", e);
        }
    }

    @Override
    public void close() {
        if (open.get() != this) return;
        mine();
        JniUtils.setGradMode(false);
        open.set(null);
    }

    private void mine() {
        if (open.get() != this) throw new IllegalStateException("this recording is closed");
        if (Thread.currentThread() != thread)
            throw new IllegalStateException("gradients are recorded by thread '" + thread.getName() + "', not by thread '"
                    + Thread.currentThread().getName() + "'");
    }
}
