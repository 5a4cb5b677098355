package relata.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import relata.recipe.YamlRecipes;

/** The schema that {@code relata schema} prints allows every recipe of the distribution, and no mistake that it could know of. */
class RecipeSchemaTest {
    private static final Path FOLDER = Project.ROOT.resolve("distribution/src/recipes");
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(new YamlRecipes(InstalledParts.all()).schema());

    static List<Path> recipes() throws IOException {
        return Project.in(FOLDER).stream().filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    }

    private static Set<ValidationMessage> wrong(String yaml) {
        // a reader of YAML 1.1 takes 2e-5 for a text; editors read YAML 1.2
        return SCHEMA.validate(new Gson().toJson(new Yaml().<Object>load(yaml.replaceAll("\\b(\\d+)e-(\\d+)", "$1.0e-$2"))), InputFormat.JSON);
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void allowsEveryRecipe(Path recipe) throws IOException {
        assertEquals(Set.of(), wrong(Files.readString(recipe)));
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void refusesEachWithAMistake(Path recipe) throws IOException {
        // what stands in a comment may be misspelt
        String yaml = Files.readString(recipe).replaceAll("(?m)(^|\\s)#.*$", "");
        for (String mistake : List.of("use: train", "epochs: ", "encoder:", "optimiser:")) {
            if (!yaml.contains(mistake)) continue;
            String misspelt = yaml.replaceFirst(mistake, mistake.replaceFirst("[a-z](:| [a-z])", "q$1"));
            assertFalse(misspelt.equals(yaml) || wrong(misspelt).isEmpty(), mistake + " misspelt");
        }
        assertFalse(wrong(yaml + "\nmore: 1\n").isEmpty(), "an unknown setting at the top");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "use: nt-xent | use: nt-xant", "epochs: 1 | epochs: none", "epochs: 1 | epochs: 0", "seed: 42 | seed: many", "temperature: 0.1 | temperature: -1", "recipe: | recipes:"})
    void refusesWhatIsWrong(String right, String wrong) throws IOException {
        String yaml = Files.readString(FOLDER.resolve("quickstart.yaml"));
        assertTrue(yaml.contains(right), "the recipe has no " + right + " any more");
        assertFalse(wrong(yaml.replaceFirst(right, wrong)).isEmpty());
    }

    @Test
    void knowsEveryPart() {
        String schema = new YamlRecipes(InstalledParts.all()).schema();
        List<String> missing = InstalledParts.all().parts().stream().filter(p -> Stream.of("loss", "stage", "encoder", "corpus", "objective", "augmenter").anyMatch(p.kind()::equals))
                .map(p -> '"' + p.name() + '"').filter(name -> !schema.contains(name)).toList();
        assertEquals(List.of(), missing);
    }
}
