package relata.augment.lexical;

import java.util.List;
import org.osgi.service.component.annotations.Component;
import relata.api.component.ComponentName;
import relata.api.component.ComponentProvider;
import relata.api.component.Doc;
import relata.api.component.Parts;
import relata.api.component.Source;
import relata.api.view.Augmenter;
import relata.api.view.View;

/** Changes nothing: the view is the example. For methods that contrast an example with a changed view of it, and as a control. */
@Component(service = ComponentProvider.class)
@ComponentName("identity")
@Doc("The example itself as its view")
@Source("")
public final class Identity implements ComponentProvider<Augmenter, Identity.Config> {
    /** No settings. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public Augmenter create(Config config, Parts parts) {
        return (example, random) -> List.of(View.of(example));
    }
}
