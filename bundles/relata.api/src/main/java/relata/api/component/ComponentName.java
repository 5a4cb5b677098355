package relata.api.component;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** The name of a part in recipes, unique within its kind: the paper's name in lower case with hyphens, e.g. {@code nt-xent}. */
@ComponentPropertyType
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ComponentName {
    /** Makes the service property {@code relata.component.name}. */
    String PREFIX_ = "relata.";

    /** The name. */
    String value();
}
