package relata.api.run;

import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Whether everything works that a run will need. A service of the platform. */
@ProviderType
public interface Health {
    /**
     * What was looked at.
     *
     * @param name what, e.g. {@code engine}
     * @param ok true if all is well
     * @param found what there is, in few words
     * @param problems a sentence each; empty if all is well
     */
    record Check(String name, boolean ok, String found, List<String> problems) {
        public Check {
            problems = List.copyOf(problems);
        }

        /** What is well if there are no problems. */
        public static Check of(String name, String found, List<String> problems) {
            return new Check(name, problems.isEmpty(), found, problems);
        }
    }

    /** Looks at everything: bundles, components, plug-ins, engine, memory, disk. May take seconds, as the engine is loaded. @param runs where runs are kept */
    List<Check> checks(Path runs);
}
