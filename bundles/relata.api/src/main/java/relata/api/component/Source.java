package relata.api.component;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Where a part comes from: authors, year, equation or section; empty for our own. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Source {
    /** For people, e.g. {@code Khosla et al. 2020, eq. 2}. */
    String value();
}
