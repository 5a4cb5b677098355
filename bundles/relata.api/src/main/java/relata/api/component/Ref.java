package relata.api.component;

/**
 * A reference in a settings record to another part: {@code { use: NAME, with: {...} }} in YAML.
 *
 * @param kind the interface of the part
 * @param name the part's name within its kind
 * @param config its settings, an instance of the provider's settings record
 * @param <T> the kind
 */
public record Ref<T>(Class<T> kind, String name, Record config) {}
