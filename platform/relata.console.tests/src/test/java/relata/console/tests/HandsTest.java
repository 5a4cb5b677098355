package relata.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
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
import org.openqa.selenium.WebElement;

/** What pointer and keyboard do beside the main path: groups of runs, the map, stopping and going on, plug-ins switched off and brought back, filters. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HandsTest {
    /** Takes minutes if nobody stops it. */
    private static final int LONG = 20_000;

    private Path folder = Path.of("");
    private Served served;
    private Browser browser;
    private String trained = "";

    @BeforeAll
    void begin(@TempDir Path fresh) throws Exception {
        folder = fresh;
        SmallRuns.data(fresh);
        served = Served.in(fresh);
        browser = Browser.at(served.address(), fresh);
        browser.look(1280, false);
    }

    @AfterAll
    void end() throws Exception {
        if (browser != null) browser.close();
        if (served != null) served.close();
    }

    private JsonObject json(String path) throws Exception {
        return JsonParser.parseString(served.get(path)).getAsJsonObject();
    }

    private void stands(String status) {
        browser.until("a run that is " + status, d -> d.findElements(By.cssSelector("#status .badge")).stream().anyMatch(b -> b.getText().equals(status)));
    }

    @Test
    @Order(1)
    void theMainPathNeedsNoPointer() {
        browser.open("/");
        browser.logIn(served.token("operator"));
        browser.says("#runs", "No runs yet");
        browser.tabTo(".title a.primary");
        browser.hands().sendKeys(Keys.ENTER).perform();
        browser.until("the schema", d -> browser.all("#pick option").size() > 5);
        browser.tabTo(".editor textarea");
        browser.paste(".editor textarea", SmallRuns.recipe(folder, 3));
        browser.says("#mistakes", "No mistakes");
        browser.hands().keyDown(Keys.SHIFT).perform();
        for (int i = 0; i < 20 && !browser.focused().equals("Start run"); i++) browser.hands().sendKeys(Keys.TAB).perform();
        browser.hands().keyUp(Keys.SHIFT).sendKeys(Keys.ENTER).perform();
        browser.until("the run's page", d -> browser.path().startsWith("/runs/"));
        stands("done");
        trained = browser.path().substring("/runs/".length());
        browser.says("#facts", "at most");
        browser.tabTo(".graph [data-node='stages.train']");
        browser.hands().sendKeys(Keys.ENTER).perform();
        browser.says("#node", "epochs");
        browser.tabTo(".tabs a[href$='/judge']");
        browser.hands().sendKeys(Keys.ENTER).perform();
        browser.says("#classes", "living");
    }

    @Test
    @Order(2)
    void theEditorCompletesByKeyboardAndPointer() {
        browser.open("/new");
        browser.until("the schema", d -> browser.all("#pick option").size() > 5);
        WebElement area = browser.find(".editor textarea");
        area.sendKeys("corpus: wordnet" + Keys.ENTER + "encoder: { use: ");
        area.sendKeys(Keys.chord(Keys.CONTROL, Keys.SPACE));
        browser.says(".completions", "transformer");
        area.sendKeys(Keys.ESCAPE);
        browser.until("no completions", d -> browser.seen(".completions") == 0);
        area.sendKeys("tran");
        browser.click(".completions li");
        browser.until("the word that was clicked", d -> String.valueOf(browser.script("return arguments[0].value", area)).endsWith("encoder: { use: transformer"));
        area.sendKeys(", with: { format: typed");
        browser.says(".completions", "typed-mention");
        area.sendKeys(Keys.ARROW_DOWN, Keys.ARROW_UP, Keys.ENTER);
        browser.until("the word that was chosen", d -> String.valueOf(browser.script("return arguments[0].value", area)).contains("format: typed-mention"));
    }

    @Test
    @Order(3)
    void aGroupIsStartedShownWithItsSpreadAndComparedByOneClick() throws Exception {
        browser.open("/new");
        browser.until("the schema", d -> browser.all("#pick option").size() > 5);
        browser.paste(".editor textarea", SmallRuns.recipe(folder, 2));
        browser.click("#several-box summary");
        browser.type("#several .field:nth-child(1) input", "1..x");
        browser.says("#mistakes", "--seeds was '1..x'");
        browser.type("#several .field:nth-child(1) input", Keys.BACK_SPACE, "2");
        browser.type("#several .field:nth-child(2) textarea", "stages.train.with.epochs=1,2");
        browser.says("#start", "Start 4 runs");
        browser.press("Start 4 runs");
        browser.until("the list of runs", d -> browser.path().startsWith("/?q=group-"));
        browser.says("tr.group", "4 done");
        browser.says("tr.group .spread", "σ");
        assertEquals(0, browser.seen("tr.member"));
        browser.press("Show its runs");
        browser.until("its runs", d -> browser.seen("tr.member") == 4);
        browser.assertAccessible("a group of runs");
        browser.assertQuiet("a group of runs");
        browser.look(360, true);
        browser.assertFits("a group of runs");
        browser.look(1280, false);
        browser.click("tr.group a.button");
        browser.until("the comparison", d -> browser.path().startsWith("/compare?runs=group-"));
        browser.says("#table", "2 seeds");
        browser.until("curves of its runs", d -> !browser.all("#curves canvas").isEmpty());
        assertEquals(1, browser.seen("#pick input:checked"));
        browser.assertAccessible("a comparison");
        browser.assertQuiet("a comparison");
    }

    /** Where a dot of the map is, from the middle of its canvas: the first pixel from above that is drawn. */
    private int[] dot() {
        List<?> at = (List<?>) Objects.requireNonNull(browser.script("""
                const c = document.querySelector('#map canvas'), g = c.getContext('2d'), d = g.getImageData(0, 0, c.width, c.height).data;
                for (let i = 3; i < d.length; i += 4) if (d[i] > 100) {
                  const k = (i - 3) / 4, dense = devicePixelRatio;
                  return [Math.round(k % c.width / dense - c.clientWidth / 2), Math.round(Math.floor(k / c.width) / dense + 3 - c.clientHeight / 2)];
                }
                return [0, 0];
                """));
        return at.stream().mapToInt(n -> ((Number) n).intValue()).toArray();
    }

    @Test
    @Order(4)
    void dotsOfTheMapArePointedAtClickedAndEncircled() {
        browser.open("/runs/" + trained + "/map");
        browser.until("the split", d -> browser.all("#controls select").size() > 3);
        browser.choose("#controls .field:nth-child(2) select", "train");
        browser.says("#note", "12 points");
        WebElement canvas = browser.find("#map canvas");
        browser.script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", canvas);
        int[] dot = dot();
        browser.hands().moveToElement(canvas, dot[0] + 1, dot[1]).moveByOffset(-1, 0).perform();
        browser.says(".tip", "is a kind of");
        browser.hands().moveToElement(canvas, dot[0], dot[1]).click().perform();
        browser.says("#chosen", "Nearest neighbours");
        browser.says("#chosen", "cosine");
        assertEquals(8, browser.seen("#chosen .errors > li"));
        int x = canvas.getSize().width / 2 - 3, y = canvas.getSize().height / 2 - 3;
        browser.hands().moveToElement(canvas, -x, -y).clickAndHold().moveToElement(canvas, x, -y).moveToElement(canvas, x, 0).moveToElement(canvas, x, y).moveToElement(canvas, 0, y).moveToElement(canvas, -x, y).moveToElement(canvas, -x, 0)
                .release().perform();
        browser.says("#chosen", "12 selected");
        browser.says("#chosen", "living 6");
        browser.click("#legend button");
        assertEquals("false", browser.find("#legend button").getAttribute("aria-pressed"));
        browser.choose("#controls .field:nth-child(6) select", "right");
        browser.says("#legend", "no answer");
        browser.assertQuiet("the map");
    }

    @Test
    @Order(5)
    void theMapIsDrawnAnewWhileAStageTrains() throws Exception {
        String run = served.start(SmallRuns.recipe(folder, LONG).replace("epochs: " + LONG, "epochs: " + LONG + "\n      checkpointSeconds: 1"));
        browser.until("a checkpoint", d -> d != null && models(run) > 0);
        browser.open("/runs/" + run + "/map");
        browser.until("vectors of an epoch", d -> browser.texts("#controls label").contains("Epoch"));
        int epochs = browser.all("#controls option[value]").size();
        browser.until("vectors of later epochs", d -> browser.all("#controls option[value]").size() > epochs + 1);
        browser.assertQuiet("the live map");
        browser.open("/runs/" + run);
        browser.says("#facts", "updates a second");
        browser.says("#stages", "batches/s");
        browser.press("Stop");
        stands("stopped");
        browser.press("Resume");
        stands("running");
        browser.press("Stop");
        stands("stopped");
        browser.press("Delete");
        browser.click("dialog [value='no']");
        browser.press("Delete");
        browser.click("dialog .danger");
        browser.until("the list of runs", d -> browser.path().equals("/"));
        assertTrue(served.get("/runs/" + run).contains("no-such-run"));
    }

    private int models(String run) {
        try {
            return served.get("/runs/" + run + "/vectors?limit=5").contains("\"vectors\"") ? 1 : 0;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Order(6)
    void answersAreFilteredAndTheFocusStays() {
        browser.open("/runs/" + trained + "/judge");
        browser.says("#errors-panel", "only wrong answers");
        WebElement wrong = browser.find("#error-filters input");
        if (wrong.isSelected()) wrong.click();
        browser.says("#errors", "1 to 4 of 4");
        browser.choose("#error-filters .field:nth-child(1) select", "living");
        browser.says("#errors", "1 to 2 of 2");
        assertTrue(browser.texts("#errors .verdicts").stream().allMatch(v -> v.contains("gold living")), browser.text());
        browser.type("#error-filters .field:nth-child(2) select", "made");
        browser.until("answers made", d -> browser.texts("#errors .verdicts").stream().allMatch(v -> v.contains("answered made")));
        assertEquals("Answered", browser.script("return document.activeElement.labels[0].textContent"));
        browser.click("#classes th button");
        assertEquals("ascending", browser.find("#classes th").getAttribute("aria-sort"));
        browser.assertQuiet("answers");
    }

    @Test
    @Order(7)
    void aPlugInIsSwitchedOffAndBroughtBack() throws Exception {
        browser.open("/plugins");
        browser.type("#jar", Served.example().toString());
        browser.click("#install");
        browser.says("#plugins", "loss multi-similarity");
        browser.click("[aria-label='Disable relata.example']");
        browser.says("#plugins", "disabled");
        assertFalse(served.get("/parts/loss").contains("multi-similarity"));
        browser.click("[aria-label='Enable relata.example']");
        browser.says("#plugins", "active");
        assertTrue(served.get("/parts/loss").contains("multi-similarity"));
        browser.press("Undo the last change");
        browser.says("#told", "The last change is undone");
        browser.says("#plugins", "disabled");
        browser.click("[aria-label='Remove relata.example']");
        browser.click("dialog .danger");
        browser.says("#plugins", "No plug-ins");
        browser.press("Undo the last change");
        browser.says("#plugins", "relata.example");
        browser.click("[aria-label='Remove relata.example']");
        browser.click("dialog .danger");
        browser.says("#plugins", "No plug-ins");
        assertTrue(json("/plugins/history").getAsJsonArray("changes").size() > 4);
        browser.assertQuiet("plug-ins");
    }

    @Test
    @Order(8)
    void thePageThatWasWantedComesAfterTheLogin() throws Exception {
        String page = "/compare?runs=" + trained + "&figure=micro-f1";
        browser.logOut();
        browser.open(page);
        browser.logIn(served.token("viewer"));
        assertEquals(page, browser.path());
        browser.says("#table", "micro-f1");
    }
}
