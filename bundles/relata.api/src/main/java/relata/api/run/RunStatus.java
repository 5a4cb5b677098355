package relata.api.run;

/** How a run stands. */
public enum RunStatus {
    /** A process works on it. */
    RUNNING,
    /** All stages are done. */
    DONE,
    /** A stage failed; {@code error} in its status says why. */
    FAILED,
    /** Stopped on request, or its process died; {@code --resume} goes on. */
    STOPPED
}
