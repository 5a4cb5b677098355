package relata.api.component;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a {@code String} (or {@code Optional<String>}, {@code List<String>}, map of lists) setting of a stage that names another stage, whose output it takes. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface FromStage {
    /** The accepted {@linkplain Produces outputs}. */
    String[] value();
}
