package relata.api.component;

/**
 * An installed part, as the catalogue shows it.
 *
 * @param kind the word of its {@link Kind}
 * @param type the interface of its kind
 * @param name its name in recipes
 * @param summary one sentence, or empty
 * @param source the paper it comes from, or empty
 * @param produces for stages: what they put out, else empty
 * @param bundle symbolic name of the bundle that provides it
 * @param version that bundle's version
 * @param config the record of its settings
 */
public record Part(
        String kind, Class<?> type, String name, String summary, String source, String produces, String bundle, String version,
        Class<? extends Record> config) {}
