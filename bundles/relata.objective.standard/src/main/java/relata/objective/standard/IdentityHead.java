package relata.objective.standard;

import ai.djl.ndarray.NDArray;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.learn.Parameters;
import relata.api.learn.ProjectionHead;
import relata.api.learn.Step;

/** No projection: relation vectors are contrasted as the encoder gives them. */
@Component(service = ComponentProvider.class)
@ComponentName("identity")
@Doc("No projection: contrasts the relation vectors themselves.")
@Source("")
public final class IdentityHead implements ComponentProvider<ProjectionHead, IdentityHead.Config> {
    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public ProjectionHead create(Config config, Parts parts) {
        return (width, allocator) -> new ProjectionHead.Projection() {
            @Override
            public Parameters parameters() {
                return new Parameters();
            }

            @Override
            public NDArray project(NDArray relations, Step step) {
                return relations;
            }
        };
    }
}
