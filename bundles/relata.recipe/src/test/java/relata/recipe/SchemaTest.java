package relata.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.Gson;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import relata.api.run.RecipeException;

class SchemaTest {
    final String text = new YamlRecipes(new Shelf()).schema();
    final JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(text);

    Set<ValidationMessage> wrong(String yaml) {
        // YAML 1.1 readers take 2e-5 for a text
        return schema.validate(new Gson().toJson(new Yaml().<Object>load(yaml.replace("2e-5", "2.0e-5"))), InputFormat.JSON);
    }

    @Test
    void isASchema() {
        JsonSchema meta = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(com.networknt.schema.SchemaLocation.of(com.networknt.schema.SchemaId.V202012));
        assertEquals(Set.of(), meta.validate(text, InputFormat.JSON));
    }

    @Test
    void allowsRecipesAndTheirResolvedForm() throws RecipeException {
        assertEquals(Set.of(), wrong(YamlRecipesTest.CLRE));
        assertEquals(Set.of(), wrong(new YamlRecipes(new Shelf()).read("x", YamlRecipesTest.CLRE, Map.of()).yaml()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"epochs: 2", "optimiser: adamw", "optimiser: { with: { warmup: 0.5 } }", "batches: { use: shuffled, with: }", "split: 1.5", "from: ~", "views: [random-swap, { use: random-swap }]",
        "optimiser: { use: adamw, with: { betas: [0.5, 0.25] } }"})
    void allows(String setting) throws RecipeException {
        assertEquals(Set.of(), wrong(YamlRecipesTest.with(setting)));
        // what the schema allows here, the binder binds
        if (!setting.startsWith("from")) new YamlRecipes(new Shelf()).read("x", YamlRecipesTest.with(setting), Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"epochs: 0", "epochs: two", "epoch: 1", "optimiser: adam", "optimiser: { use: adamw, rate: 1 }", "optimiser: { use: adamw, with: { warmup: 1 } }", "optimiser: { use: adamw, with: { betas: [1] } }",
        "optimiser: { with: { heat: 1 } }", "objectives: contrastive", "objectives: { use: contrastive }", "views: [{ use: random-swap, with: { rate: 0 } }]"})
    void refuses(String setting) {
        String yaml = YamlRecipesTest.with(setting);
        assertFalse(wrong(setting.startsWith("objectives") ? yaml.replace("objectives: cross-entropy, ", "") : yaml).isEmpty());
    }

    @Test
    void refusesWrongTops() {
        assertFalse(wrong("seed: 1").isEmpty());
        assertFalse(wrong(YamlRecipesTest.CLRE + "more: 1\n").isEmpty());
        assertFalse(wrong(YamlRecipesTest.CLRE.replace("pool: entity-start", "pool: max")).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"rate,2e-5", "warmup,0.1"})
    void tellsDefaultsAsNumbers(String setting, double value) {
        var definitions = JsonParser.parseString(text).getAsJsonObject().getAsJsonObject("$defs");
        assertEquals(value, definitions.getAsJsonObject("optimiser.adamw").getAsJsonObject("properties").getAsJsonObject(setting).get("default").getAsDouble());
    }
}
