package relata.api.component;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a stage provider: what the stage puts out, e.g. {@code encoder}, {@code model}, {@code evaluation}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Produces {
    /** The output. */
    String value();
}
