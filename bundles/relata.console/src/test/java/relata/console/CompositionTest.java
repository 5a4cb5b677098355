package relata.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.osgi.framework.dto.BundleDTO;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

class CompositionTest {
    private final Map<ComponentDescriptionDTO, ComponentConfigurationDTO> components = new TreeMap<>((a, b) -> a.name.compareTo(b.name));

    private void component(long bundle, String name, int state, String failure) {
        ComponentDescriptionDTO description = new ComponentDescriptionDTO();
        description.name = name;
        description.bundle = new BundleDTO();
        description.bundle.id = bundle;
        ComponentConfigurationDTO configuration = new ComponentConfigurationDTO();
        configuration.state = state;
        configuration.failure = failure;
        components.put(description, configuration);
    }

    @Test
    void whatIsMissingIsToldWithItsReason() {
        component(7, "relata.console.rest.RunsResource", ComponentConfigurationDTO.FAILED_ACTIVATION, "java.lang.reflect.InvocationTargetException\n\tat x\nCaused by: java.lang.IllegalStateException: no room\n\tat y\n\t... 3 more");
        component(7, "relata.console.model.TryResource", ComponentConfigurationDTO.UNSATISFIED_REFERENCE, "");
        component(7, "relata.console.rest.MeResource", ComponentConfigurationDTO.ACTIVE, "");
        component(7, "relata.console.rest.Lazy", ComponentConfigurationDTO.SATISFIED, "");
        component(8, "other.Broken", ComponentConfigurationDTO.FAILED_ACTIVATION, "x");
        ServiceComponentRuntime runtime = (ServiceComponentRuntime) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ServiceComponentRuntime.class}, (self, method, args) ->
                method.getName().equals("getComponentDescriptionDTOs") ? components.keySet() : List.of(components.get((ComponentDescriptionDTO) args[0])));
        assertEquals(List.of("RunsResource is missing, because it failed: no room", "TryResource is missing, because it waits for another service"), new Composition(runtime, 7).problems());
    }
}
