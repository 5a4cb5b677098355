package relata.console.rest;

/**
 * An answer that is text as it is.
 *
 * @param type its media type, e.g. {@code application/yaml}
 */
public record Plain(String type, String text) {}
