package relata.api.component;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes configured parts of one kind. Registered as an OSGi service under this interface, with the
 * service property {@code relata.component.name} set by {@link ComponentName}.
 *
 * <p>The class that implements it must name {@code T} and {@code C} itself (no further type variables): the
 * platform reads the kind from the type argument {@code T}, an interface that carries {@link Kind}.
 *
 * @param <T> the kind of part, e.g. {@code Loss}
 * @param <C> the record of its settings; each component carries {@link Doc} and, unless required, {@link Default}
 */
@ConsumerType
public interface ComponentProvider<T, C extends Record> {
    /** The record that holds the settings; recipe keys are its component names. */
    Class<C> configType();

    /**
     * Makes a part. Must be quick and must not create tensors: heavy resources are opened on first use.
     *
     * @param config settings, already checked against the record's annotations
     * @param parts creates the parts that {@code config} refers to
     */
    T create(C config, Parts parts);
}
