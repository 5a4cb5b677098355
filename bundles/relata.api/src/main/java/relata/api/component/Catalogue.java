package relata.api.component;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The installed parts. A service of the platform. */
@ProviderType
public interface Catalogue {
    /** The words of all kinds that are known, sorted. */
    List<String> kinds();

    /** The installed parts of all kinds, sorted by kind and name. */
    List<Part> parts();

    /** The part of that kind and name; of several versions the newest. */
    Optional<Part> find(String kind, String name);

    /** The parts of one kind, sorted by name. */
    default List<Part> parts(String kind) {
        return parts().stream().filter(p -> p.kind().equals(kind)).toList();
    }

    /**
     * How that part did in the contract of its kind when its bundle was built. Empty if that was not recorded in this build: its tests were left out, there is
     * no contract, or the classes are others than those that were tested.
     */
    default Optional<ContractResult> contract(Part part) {
        return Optional.empty();
    }

    /** The word for a kind's interface, as its {@link Kind} annotation says. */
    static String kind(Class<?> type) {
        Kind kind = type.getAnnotation(Kind.class);
        return kind == null ? type.getSimpleName() : kind.value();
    }

    /** The interface of the kind that a provider makes: its type argument; empty if its class does not name one that carries {@link Kind}. */
    static Optional<Class<?>> made(Class<?> provider) {
        for (Class<?> c = provider; c != null; c = c.getSuperclass())
            for (Type face : c.getGenericInterfaces())
                if (face instanceof ParameterizedType p
                        && p.getRawType() == ComponentProvider.class
                        && p.getActualTypeArguments()[0] instanceof Class<?> kind
                        && kind.isAnnotationPresent(Kind.class)) return Optional.of(kind);
        return Optional.empty();
    }
}
