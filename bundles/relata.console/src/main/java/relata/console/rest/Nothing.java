package relata.console.rest;

/** An answer without a body, status 204; as a route's request: none is read. */
public record Nothing() {
    /** The only one. */
    public static final Nothing NOTHING = new Nothing();
}
