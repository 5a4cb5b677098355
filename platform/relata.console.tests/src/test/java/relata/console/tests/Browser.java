package relata.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium without a window. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int MOST_TABS = 150;

    private final ChromeDriver driver;
    private final String address;

    private Browser(ChromeDriver driver, String address) {
        this.driver = driver;
        this.address = address;
    }

    /** Starts it; the test is skipped, and says so, where there is none. @param folder for its profile */
    static Browser at(String address, Path folder) throws IOException {
        Optional<Path> chromium = Stream.of("chromium", "chromium-browser", "google-chrome").flatMap(n -> program(n).stream()).findFirst();
        Optional<Path> chromedriver = program("chromedriver");
        Assumptions.assumeTrue(chromium.isPresent() && chromedriver.isPresent(), "No browser is installed, so the console's pages are not tried in one. On Debian: apt-get install chromium chromium-driver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.orElseThrow().toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-proxy-server", "--user-data-dir=" + Files.createDirectories(folder.resolve("profile")));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.WARNING);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(chromedriver.orElseThrow().toFile()).usingAnyFreePort().build();
        return new Browser(new ChromeDriver(service, options), address);
    }

    private static Optional<Path> program(String name) {
        return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator)).map(p -> Path.of(p, name)).filter(Files::isExecutable).findFirst();
    }

    /** Opens a page of the console. */
    void open(String path) {
        driver.get(address + path);
    }

    /** Enters a token on the page for logging in, which has to have the focus in its field, and waits until it has led to another page. */
    void logIn(String token) {
        until("the field for the token, ready to be written in", d -> Boolean.TRUE.equals(script("return document.readyState === 'complete' && document.activeElement.id === 'token'")));
        hands().sendKeys(token + Keys.ENTER).perform();
        until("the page behind the login", d -> !path().startsWith("/login") && !all(".menu").isEmpty());
    }

    /** Logs out, and waits until the server has taken the cookie back: a page opened earlier would overtake that. */
    void logOut() {
        press("Log out");
        until("the page for logging in", d -> path().equals("/login") && !all("#token").isEmpty());
    }

    /** The path of the page that is open. */
    String path() {
        return Objects.requireNonNull(driver.getCurrentUrl()).substring(address.length());
    }

    /** Waits until something holds, for a minute at most. */
    <T> T until(String what, Function<WebDriver, T> condition) {
        return new WebDriverWait(driver, PATIENCE).ignoring(StaleElementReferenceException.class, ElementClickInterceptedException.class).withMessage(() -> what + " did not come about; the page says:\n" + text()).until(condition);
    }

    /** The first element of a selector, once it is there and can be seen. */
    WebElement find(String css) {
        return until(css, d -> d.findElements(By.cssSelector(css)).stream().filter(WebElement::isDisplayed).findFirst().orElse(null));
    }

    /** All elements of a selector that are there now. */
    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** How many elements of a selector can be seen, all looked at in the same moment. */
    int seen(String css) {
        return ((Number) Objects.requireNonNull(script("return [...document.querySelectorAll(arguments[0])].filter((e) => e.checkVisibility()).length", css))).intValue();
    }

    /** The texts of all elements of a selector, all looked at in the same moment. */
    List<String> texts(String css) {
        return ((List<?>) Objects.requireNonNull(script("return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText)", css))).stream().map(String::valueOf).toList();
    }

    /** Does something with the first element of a selector that can be seen; with the one in its place if the page draws it anew at that moment. */
    private <T> T with(String what, By by, Function<WebElement, T> work) {
        return until(what, d -> d.findElements(by).stream().filter(e -> e.isDisplayed() && e.isEnabled()).findFirst().map(work).orElse(null));
    }

    /** Clicks the first element of a selector. */
    void click(String css) {
        with(css, By.cssSelector(css), found -> {
            found.click();
            return true;
        });
    }

    /** Types into the first element of a selector. */
    void type(String css, CharSequence... keys) {
        with(css, By.cssSelector(css), found -> {
            found.sendKeys(keys);
            return true;
        });
    }

    /** Presses the button or link with a text. */
    void press(String text) {
        with("a button '" + text + "'", By.xpath("//*[self::button or self::a][normalize-space(.)='" + text + "']"), found -> {
            driver.executeScript("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", found);
            found.click();
            return true;
        });
    }

    /** Waits until an element's text holds a text. */
    void says(String css, String text) {
        until(css + " with '" + text + "'", d -> d.findElements(By.cssSelector(css)).stream().anyMatch(e -> e.getText().contains(text)));
    }

    /** Chooses in a list by value. */
    void choose(String css, String value) {
        with(css, By.cssSelector(css), found -> {
            new Select(found).selectByValue(value);
            return true;
        });
    }

    /** Puts a text into the editor or a field as if it were pasted. */
    void paste(String css, String text) {
        driver.executeScript("arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', {bubbles: true})); arguments[0].dispatchEvent(new Event('change', {bubbles: true}))", find(css), text);
    }

    /** Marks characters of a field. */
    void select(String css, int from, int to) {
        driver.executeScript("arguments[0].focus(); arguments[0].setSelectionRange(arguments[1], arguments[2])", find(css), from, to);
    }

    /** Begins something to be done by pointer and keyboard, as a person does it. */
    Actions hands() {
        return new Actions(driver);
    }

    /** Presses Tab until the control of a selector has the focus. */
    void tabTo(String css) {
        find(css);
        for (int i = 0; i < MOST_TABS; i++) {
            // what is drawn anew meanwhile is another element
            if (Boolean.TRUE.equals(driver.executeScript("return document.activeElement.matches(arguments[0])", css))) return;
            hands().sendKeys(Keys.TAB).perform();
        }
        throw new AssertionError("Tab never leads to " + css + " at " + path());
    }

    /** The text of what has the focus. */
    String focused() {
        return driver.switchTo().activeElement().getText();
    }

    /** What a script in the page gives. */
    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** All text that can be seen. */
    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** Width of the window in pixels of the page, and whether it is dark. */
    void look(int width, boolean dark) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"), Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
        driver.manage().window().setSize(new Dimension(Math.max(width, 500), 900));
    }

    /** No page is wider than its window. */
    void assertFits(String page) {
        long over = ((Number) Objects.requireNonNull(driver.executeScript("return document.documentElement.scrollWidth - window.innerWidth"))).longValue();
        assertFalse(over > 0, page + " is " + over + " px wider than the window");
    }

    /** Nothing that axe-core calls serious or critical. */
    void assertAccessible(String page) throws IOException {
        try (InputStream axe = Objects.requireNonNull(Browser.class.getResourceAsStream("/axe.min.js"))) {
            driver.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        Object found = driver.executeAsyncScript("""
                const tell = arguments[arguments.length - 1];
                axe.run({resultTypes: ['violations']}).then(r => tell(r.violations.filter(v => ['serious', 'critical'].includes(v.impact))
                  .map(v => v.id + ': ' + v.help + ' at ' + v.nodes.map(n => n.target.join(' ')).join(', ')).join('\\n')), e => tell(String(e)));
                """);
        assertEquals("", found, page);
    }

    /** Scripts of the page said nothing that the browser calls an error; this clears what it said. */
    void assertQuiet(String page) {
        List<String> errors = driver.manage().logs().get(LogType.BROWSER).getAll().stream().filter(e -> e.getLevel().intValue() >= Level.SEVERE.intValue()).map(e -> e.getMessage()).toList();
        assertEquals(List.of(), errors, page);
    }

    /** Forgets what scripts said. */
    void forget() {
        driver.manage().logs().get(LogType.BROWSER);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
