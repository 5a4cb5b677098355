package relata.console.rest;

import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Who asks. */
@Component(service = Resource.class)
public final class MeResource implements Resource {
    /** What the one who asks may do. */
    record Me(Role role) {}

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/me", "What the token that is sent allows.", Me.class, r -> new Me(r.role())));
    }
}
