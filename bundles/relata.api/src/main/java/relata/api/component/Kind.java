package relata.api.component;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks an extension point: an interface whose implementations recipes choose by name. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Kind {
    /** The word for it in messages, on the command line and in the documentation, e.g. {@code loss}. */
    String value();
}
