package relata.api.component;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The interval that a number must lie in, as {@code [0, 1)}, {@code (0, inf)}, {@code [1, inf)}. On a list, of every element. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Range {
    /** The interval. */
    String value();
}
