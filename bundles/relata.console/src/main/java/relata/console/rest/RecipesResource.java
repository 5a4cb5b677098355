package relata.console.rest;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.run.Mistake;
import relata.api.run.PlanException;
import relata.api.run.RecipeException;
import relata.api.run.Recipes;
import relata.api.run.RunPlan;
import relata.api.run.ShippedRecipes;

/** The recipes of the distribution, and what is wrong with one's own. */
@Component(service = Resource.class)
public final class RecipesResource implements Resource {
    private final Recipes recipes;
    private final ShippedRecipes shipped;

    /** With the reader of recipes. */
    @Activate
    public RecipesResource(@Reference Recipes recipes, @Reference ShippedRecipes shipped) {
        this.recipes = recipes;
        this.shipped = shipped;
    }

    /** A recipe in a list. */
    record Item(String name, String title, String cite) {}

    /** All recipes. */
    record Shelf(List<Item> recipes) {}

    /** What is wrong with a recipe. @param mistakes all of them; none if it can be run @param resolved the recipe with all defaults filled in; empty if it has mistakes @param runs how many would be started */
    record Checked(List<Mistake> mistakes, String resolved, int runs) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/recipes", "The recipes of the distribution.", Shelf.class, r -> new Shelf(shipped.all().stream().map(s -> new Item(s.name(), s.title(), s.cite())).toList())),
                Route.get("/recipes/{name}", "The text of a recipe of the distribution.", Plain.class, this::text),
                new Route("POST", "/recipes/check", Role.RUNNER, "All mistakes of what POST /runs takes, without running it.", RunsResource.Start.class, Checked.class, this::check),
                Route.get("/schema", "A JSON Schema of recipes, for editors.", Object.class, r -> JsonParser.parseString(recipes.schema())));
    }

    private Plain text(Request request) throws Refusal, IOException {
        String name = request.path("name");
        List<ShippedRecipes.Shipped> all = shipped.all();
        for (ShippedRecipes.Shipped recipe : all) if (recipe.name().equals(name)) return new Plain("application/yaml", recipe.yaml());
        throw new Refusal(404, "no-such-recipe", "There is no recipe '" + name + "'.", all.stream().map(ShippedRecipes.Shipped::name).toList());
    }

    private Checked check(Request request) throws Refusal, IOException {
        RunsResource.Start start = request.body(RunsResource.Start.class);
        try {
            RunPlan.Planned planned = start.planned(recipes);
            return new Checked(List.of(), planned.recipe().yaml(), planned.recipes().size());
        } catch (RecipeException e) {
            return new Checked(e.mistakes(), "", 0);
        } catch (PlanException e) {
            return new Checked(List.of(new Mistake(-1, "", String.valueOf(e.getMessage()))), "", 0);
        }
    }
}
