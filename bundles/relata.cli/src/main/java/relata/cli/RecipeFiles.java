package relata.cli;

import java.io.IOException;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.run.ShippedRecipes;

/** The recipes in the folder of the distribution. */
@Component(service = ShippedRecipes.class)
public final class RecipeFiles implements ShippedRecipes {
    private final Services services;

    /** With the platform's services. */
    @Activate
    public RecipeFiles(@Reference Services services) {
        this.services = services;
    }

    @Override
    public List<Shipped> all() throws IOException {
        return RecipeFile.all(services.home()).stream().map(r -> new Shipped(r.name(), r.title(), r.cite(), r.text())).toList();
    }
}
