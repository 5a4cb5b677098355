package relata.console;

import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** What of the console itself has not come about: routes of the API whose component fails would only be missing, and nobody would know why. */
final class Composition {
    private static final String CAUSE = "Caused by: ";
    private static final String CLASS = "^[\\w.$]+: ";

    private final ServiceComponentRuntime runtime;
    private final long bundle;

    /** @param bundle the console's id */
    Composition(ServiceComponentRuntime runtime, long bundle) {
        this.runtime = runtime;
        this.bundle = bundle;
    }

    /** A sentence for each component that failed, or that waits for a service which nobody offers; none if all is well. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs()) {
            if (description.bundle.id != bundle) continue;
            String name = description.name.substring(description.name.lastIndexOf('.') + 1);
            for (ComponentConfigurationDTO configuration : runtime.getComponentConfigurationDTOs(description)) {
                if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) problems.add(name + " is missing, because it failed: " + reason(configuration.failure));
                if (configuration.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) problems.add(name + " is missing, because it waits for another service");
            }
        }
        problems.sort(null);
        return problems;
    }

    /** The last cause of a stack trace: around it stand only those who called. */
    private static String reason(String trace) {
        return trace.lines().filter(l -> l.startsWith(CAUSE)).reduce((a, b) -> b).map(l -> l.substring(CAUSE.length())).orElseGet(() -> trace.lines().findFirst().orElse("no reason given")).replaceFirst(CLASS, "");
    }
}
