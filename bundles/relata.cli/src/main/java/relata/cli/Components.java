package relata.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** The components of all bundles, and in sentences what they wait for. */
final class Components {
    private static final String CAUSE = "Caused by: ";

    private final ServiceComponentRuntime runtime;

    Components(ServiceComponentRuntime runtime) {
        this.runtime = runtime;
    }

    int count() {
        return runtime.getComponentDescriptionDTOs().size();
    }

    /** One sentence for each component that failed or waits; none if all is well. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs()) {
            String name = description.name + " (" + description.bundle.symbolicName + ")";
            for (ComponentConfigurationDTO configuration : runtime.getComponentConfigurationDTOs(description)) {
                if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
                    problems.add(name + " failed to start: " + reason(configuration.failure));
                if (configuration.state == ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION) problems.add(name + " waits for its configuration");
                for (UnsatisfiedReferenceDTO reference : configuration.unsatisfiedReferences) problems.add(name + " waits for " + wanted(description, reference));
            }
        }
        problems.sort(null);
        return problems;
    }

    /** The last cause of a stack trace: around it stand only those who called. */
    private static String reason(String trace) {
        return trace.lines().filter(l -> l.startsWith(CAUSE)).reduce((a, b) -> b).map(l -> l.substring(CAUSE.length())).orElseGet(() -> trace.lines().findFirst().orElse("no reason given"));
    }

    private static String wanted(ComponentDescriptionDTO description, UnsatisfiedReferenceDTO unsatisfied) {
        String type = Arrays.stream(description.references).filter(r -> r.name.equals(unsatisfied.name)).map((ReferenceDTO r) -> r.interfaceName).findFirst().orElse(unsatisfied.name);
        return "the service " + type + (unsatisfied.target == null ? "" : " with " + unsatisfied.target) + ", which no bundle offers";
    }
}
