package relata.recipe;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;

/** The types of settings, of which some say what they hold. */
final class Types {
    private Types() {}

    /** The class of a type, without what it holds. */
    static Class<?> raw(Type type) {
        if (type instanceof Class<?> c) return c;
        if (type instanceof ParameterizedType p) return raw(p.getRawType());
        if (type instanceof WildcardType w) return raw(w.getUpperBounds()[0]);
        return Object.class;
    }

    /** What a type holds, e.g. the values of a map at index 1. */
    static Type argument(Type type, int index) {
        return type instanceof ParameterizedType p ? p.getActualTypeArguments()[index] : Object.class;
    }
}
