package {{package}};

import ai.djl.ndarray.NDArray;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Range;
import relata.api.component.Source;
import relata.api.learn.Parameters;
import relata.api.learn.ProjectionHead;
import relata.api.learn.Step;

/** One layer, tanh(h W), as BERT's pooler is but without a bias. W starts normal with deviation 0.02; it is called {@code projection.weight}. */
@Component(service = ComponentProvider.class)
@ComponentName("{{name}}")
@Doc("One layer with tanh.")
@Source("after Devlin et al. 2019, the pooler")
public final class {{class}} implements ComponentProvider<ProjectionHead, {{class}}.Config> {
    /** Settings. */
    public record Config(@Doc("P, the width of what is contrasted; 0: as wide as the relation vector.") @Default("0") @Range("[0, inf)") int out) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public ProjectionHead create(Config config, Parts parts) {
        return (width, allocator) -> {
            NDArray weight = allocator.truncatedNormal(0.02, width, config.out() == 0 ? width : config.out()); // (D, P)
            Parameters parameters = new Parameters().add("projection.weight", weight);
            return new ProjectionHead.Projection() {
                @Override
                public Parameters parameters() {
                    return parameters;
                }

                @Override
                public NDArray project(NDArray relations, Step step) {
                    // the parameter is the second operand: the result of the first belongs to the step
                    return relations.matMul(weight).tanh();
                }
            };
        };
    }
}
