package relata.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** What somebody does in the console from the first login on, in the order in which they would; later steps look at the runs of earlier ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleTest {
    private static final String SENTENCE = "a puppy is a kind of animal";
    /** Width in pixels and scheme of a window. */
    private record Look(int width, boolean dark) {}

    private Path folder = Path.of("");
    private Served served;
    private Browser browser;

    @BeforeAll
    void begin(@TempDir Path fresh) throws Exception {
        folder = fresh;
        SmallRuns.data(fresh);
        served = Served.in(fresh);
        browser = Browser.at(served.address(), fresh);
    }

    @AfterAll
    void end() throws Exception {
        if (browser != null) browser.close();
        if (served != null) served.close();
    }

    private JsonArray runs() throws Exception {
        return JsonParser.parseString(served.get("/runs")).getAsJsonObject().getAsJsonArray("runs");
    }

    private String run(int i) throws Exception {
        return runs().get(i).getAsJsonObject().get("id").getAsString();
    }

    private void done() {
        browser.until("the end of the run", d -> d.findElements(By.cssSelector("#status .badge")).stream().anyMatch(b -> b.getText().equals("done")));
    }

    @Test
    @Order(1)
    void onlyWhoHasATokenComesIn() {
        browser.open("/parts");
        assertEquals("/login?next=%2Fparts", browser.path());
        browser.type("#token", "wrong" + Keys.ENTER);
        browser.says("[role=alert]", "not valid");
        browser.logIn(served.token("operator"));
        assertEquals("/parts", browser.path());
        browser.says("#list", "nt-xent");
        browser.open("/");
        browser.says("#runs", "No runs yet");
    }

    @Test
    @Order(2)
    void mistakesAreToldWhileARecipeIsWritten() {
        browser.open("/new");
        browser.until("recipes to choose", d -> browser.all("#pick option").size() > 5);
        browser.paste(".editor textarea", SmallRuns.recipe(folder, 20).replace("shuffled", "shuffeld").replace("epochs: 20", "epochs: -1"));
        browser.says("#mistakes", "2 mistakes");
        browser.says("#mistakes", "stages.train.with.batches");
        browser.until("two lines that are marked", d -> browser.all(".editor .lines .wrong").size() == 2);
        browser.says("#form", "train");
    }

    @Test
    @Order(3)
    void completionOffersWhatFits() {
        browser.open("/new");
        browser.until("the schema", d -> browser.all("#pick option").size() > 5);
        browser.type(".editor textarea", "corpus: { use: word");
        browser.says(".completions", "wordnet");
        browser.type(".editor textarea", Keys.ENTER);
        assertEquals("corpus: { use: wordnet", browser.script("return arguments[0].value", browser.find(".editor textarea")));
        browser.type(".editor textarea", ", with: { si");
        browser.says(".completions", "size");
    }

    @Test
    @Order(4)
    void aRunIsStartedAndItsCurvesMove() throws Exception {
        browser.open("/new");
        browser.until("the schema", d -> browser.all("#pick option").size() > 5);
        browser.paste(".editor textarea", SmallRuns.recipe(folder, 20));
        browser.says("#mistakes", "No mistakes");
        browser.press("Start run");
        browser.until("the run's page", d -> browser.path().startsWith("/runs/"));
        String first = browser.until("a curve", d -> curve());
        browser.until("a curve that moves", d -> !first.equals(curve()));
        done();
        browser.says("#headline", "micro-f1");
        browser.says("#log", "stage test is done");
        assertEquals(1, runs().size());
    }

    /** What the loss's curve tells those who cannot see it. */
    private String curve() {
        return (String) browser.script("return document.querySelector('#curves canvas[aria-label^=Loss]')?.getAttribute('aria-label') ?? null");
    }

    @Test
    @Order(5)
    void theGraphTellsOfItsNodes() throws Exception {
        browser.open("/runs/" + run(0));
        browser.until("stages that are done", d -> browser.all(".graph .done").size() == 2);
        browser.type(".graph [data-node='stages.train']", Keys.ENTER);
        browser.says("#node", "epochs");
        browser.says("#node", "model.safetensors");
        browser.script("arguments[0].dispatchEvent(new MouseEvent('click', {bubbles: true}))", browser.find(".graph [data-node='encoder']"));
        browser.says("#node", "filters");
    }

    @Test
    @Order(6)
    void aRunIsClonedWithAnotherSeedByTheForm() throws Exception {
        String first = run(0);
        browser.open("/runs/" + first);
        browser.press("Clone and edit");
        browser.paste(".form [data-path='seed'] input", "2");
        browser.says("#overrides", "-D seed=2");
        browser.says("#mistakes", "No mistakes");
        browser.press("Start run");
        browser.until("the other run's page", d -> browser.path().startsWith("/runs/") && !browser.path().endsWith(first));
        done();
        assertEquals(2, runs().size());
        assertEquals(2, runs().get(0).getAsJsonObject().get("seed").getAsInt());
    }

    @Test
    @Order(7)
    void runsAreComparedWithAVerdict() throws Exception {
        browser.open("/");
        browser.until("two runs", d -> browser.all("#runs tbody tr").size() == 2);
        for (int i = 1; i <= 2; i++) browser.click("#runs tbody tr:nth-child(" + i + ") input");
        browser.press("Compare 2");
        browser.says("#table", "2 seeds");
        browser.until("their curves", d -> !browser.all("#curves canvas").isEmpty());
    }

    @Test
    @Order(8)
    void answersAreBrowsed() throws Exception {
        browser.open("/runs/" + run(0) + "/judge");
        browser.says("#classes", "living");
        browser.until("the matrix", d -> !browser.all("#matrix td.right").isEmpty());
        browser.click("#matrix td button");
        browser.says("#errors", "gold");
        browser.until("the sentence with its entities", d -> !browser.all("#errors .sentence .head").isEmpty());
    }

    @Test
    @Order(9)
    void vectorsAreProjected() throws Exception {
        browser.open("/runs/" + run(0) + "/map");
        browser.until("the split", d -> browser.all("#controls select").size() > 3);
        browser.choose("#controls .field:nth-child(2) select", "train");
        browser.says("#note", "12 points");
        browser.says("#legend", "living");
        browser.type("#map canvas", Keys.ARROW_RIGHT, Keys.ENTER);
        browser.says("#chosen", "cosine");
    }

    @Test
    @Order(10)
    void aTypedSentenceIsAnswered() {
        browser.open("/try");
        browser.type("#sentence", SENTENCE);
        browser.select("#sentence", 2, 7);
        browser.press("Selection is the first entity");
        browser.select("#sentence", SENTENCE.length() - 6, SENTENCE.length());
        browser.press("Selection is the second entity");
        browser.says(".sentence .head", "puppy");
        browser.press("Predict");
        browser.says("#label", "living");
        browser.says("#answer", "Nearest training examples");
        browser.press("Parse");
        browser.until("arcs", d -> browser.all("#alone .arcs path").size() > 4);
        browser.press("Augment");
        browser.says("#alone", "views");
    }

    @Test
    @Order(11)
    void aPlugInComesAndGoes() throws Exception {
        browser.open("/plugins");
        browser.says("#plugins", "No plug-ins");
        browser.type("#jar", Served.example().toString());
        browser.click("#install");
        browser.says("#plugins", "loss multi-similarity");
        assertTrue(served.get("/parts/loss").contains("multi-similarity"));
        browser.open("/parts#loss/multi-similarity");
        browser.says("#part", "alpha");
        browser.open("/plugins");
        browser.click("[aria-label='Remove relata.example']");
        browser.click("dialog .danger");
        browser.says("#plugins", "No plug-ins");
        assertFalse(served.get("/parts/loss").contains("multi-similarity"));
    }

    @Test
    @Order(12)
    void everyPageIsForAllPeople() throws Exception {
        String run = "/runs/" + run(0);
        browser.forget();
        for (String page : List.of("/", run, run + "/judge", run + "/map", "/new?recipe=quickstart", "/compare?runs=" + run(0) + "," + run(1), "/try", "/parts#loss/nt-xent", "/plugins", "/health", "/login", "/nowhere")) {
            for (Look how : List.of(new Look(1280, false), new Look(1280, true), new Look(360, true))) {
                String look = page + " as " + how;
                browser.look(how.width(), how.dark());
                browser.open("/login");
                browser.open(page);
                browser.until(page + " is whole", d -> browser.seen(".spinner") == 0);
                browser.assertFits(look);
                browser.assertAccessible(look);
                if (page.equals("/nowhere")) browser.forget();
                else browser.assertQuiet(look);
            }
        }
        assertNotEquals("", browser.text());
    }

    @Test
    @Order(13)
    void aViewerIsNotOfferedWhatTheyMayNotDo() throws Exception {
        browser.look(1280, false);
        browser.logOut();
        browser.logIn(served.token("viewer"));
        browser.open("/runs/" + run(0));
        browser.says("#status", "done");
        assertTrue(browser.texts("#actions").stream().noneMatch(a -> a.contains("Delete") || a.contains("Clone")), browser.text());
        browser.open("/plugins");
        browser.says("#upload", "Operators install");
    }
}
