package relata.console.rest;

import jakarta.servlet.AsyncContext;
import java.io.IOException;

/** An answer that goes on for as long as the client listens, as {@code text/event-stream}. */
@FunctionalInterface
public interface Feed {
    /** Takes over the connection; returns at once. */
    void begin(AsyncContext connection) throws IOException;
}
