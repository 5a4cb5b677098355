package relata.api.component;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The YAML text of a setting that may be left out, e.g. {@code 0.1}, {@code []}, {@code { use: cosine }}. Without it the setting is required, unless its type is {@code Optional}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
    /** A YAML value. */
    String value();
}
