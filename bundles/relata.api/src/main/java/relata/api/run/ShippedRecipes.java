package relata.api.run;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The recipes that came with the distribution. A service of the platform. */
@ProviderType
public interface ShippedRecipes {
    /**
     * A recipe, unread.
     *
     * @param name by which it is called
     * @param title one line for people, or empty
     * @param cite the works that it cites, or empty
     * @param yaml its text
     */
    record Shipped(String name, String title, String cite, String yaml) {}

    /** All of them, by name. */
    List<Shipped> all() throws IOException;
}
