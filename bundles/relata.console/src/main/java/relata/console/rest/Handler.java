package relata.console.rest;

/** Answers the requests of a route. */
@FunctionalInterface
public interface Handler {
    /**
     * The answer: what goes out as JSON, {@link Plain} text as it is, or a {@link Feed} that goes on. Called on many threads at once.
     *
     * @throws Refusal with the status and words to answer with; other exceptions are answered with status 500 and their message
     */
    Object answer(Request request) throws Exception;
}
