package relata.console.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import relata.console.rest.Role;

class TemplatesTest {
    private static final Path RESOURCES = Path.of("src/main/resources/relata/console");
    private static final int MOST_BYTES_OF_SCRIPTS = 300_000;
    private static final String EVIL = "\"><script>alert('x')</script>&";

    static Stream<String> templates() throws IOException {
        try (Stream<Path> files = Files.list(RESOURCES.resolve("page"))) {
            return files.map(f -> f.getFileName().toString().replace(".mustache", "")).filter(n -> !List.of("frame", "run-tabs").contains(n)).sorted().toList().stream();
        }
    }

    private static String page(String template) {
        Map<String, Object> values = Map.of("title", EVIL, "run", EVIL, "next", EVIL, "words", EVIL, "script", template, "charts", true, "yaml", true);
        return Templates.page(template, values, Role.VIEWER, "/");
    }

    @ParameterizedTest
    @MethodSource("templates")
    void nothingThatComesInIsMarkup(String template) {
        String html = page(template);
        assertFalse(html.contains("<script>"), html);
        assertTrue(html.contains("&lt;script&gt;"), html);
        assertFalse(html.contains("{{") || html.contains("}}"), html);
    }

    /** The content security policy allows neither. */
    @ParameterizedTest
    @MethodSource("templates")
    void nothingIsInline(String template) {
        String html = page(template);
        assertFalse(Pattern.compile("<style|\\sstyle=|\\son\\w+=|javascript:").matcher(html).find(), html);
        assertFalse(Pattern.compile("<script(?![^>]*\\ssrc=)").matcher(html).find(), html);
    }

    @ParameterizedTest
    @MethodSource("templates")
    void whatPagesLoadIsThere(String template) {
        Matcher link = Pattern.compile("(?:src|href)=\"/static/([^\"]+)\"").matcher(page(template));
        int found = 0;
        while (link.find()) {
            if (link.group(1).equals("js/login.js") || link.group(1).equals("js/missing.js")) continue; // these two need no script
            found++;
            assertTrue(Files.isRegularFile(RESOURCES.resolve("static").resolve(link.group(1))), link.group(1) + " is not there");
        }
        assertTrue(found > 3, template);
    }

    @Test
    void whatScriptsLoadIsThere() throws IOException {
        Path scripts = RESOURCES.resolve("static/js");
        Pattern load = Pattern.compile("(?:from|import) '\\./([^']+)'|'/static/([^']+\\.js)'");
        int found = 0;
        for (Path script : scripts())
            for (Matcher m = load.matcher(Files.readString(script)); m.find(); found++) {
                Path needed = m.group(1) != null ? scripts.resolve(m.group(1)) : RESOURCES.resolve("static").resolve(m.group(2));
                assertTrue(Files.isRegularFile(needed), script + " loads " + needed);
            }
        assertTrue(found > 10);
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES.resolve("static"))) {
            return files.filter(f -> f.toString().endsWith(".js")).sorted().toList();
        }
    }

    @Test
    void allScriptsTogetherAreSmall() throws IOException {
        long sum = 0;
        for (Path script : scripts()) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                Files.copy(script, out);
            }
            sum += packed.size();
        }
        assertTrue(sum > 0 && sum < MOST_BYTES_OF_SCRIPTS, sum + " bytes");
    }

    /** What is put in from elsewhere could be markup. */
    @Test
    void noScriptMakesMarkupOfText() throws IOException {
        for (Path script : scripts())
            if (!script.toString().contains("vendor")) assertFalse(Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function").matcher(Files.readString(script)).find(), script.toString());
    }

    @Test
    void worksOfOthersHaveTheirLicence() throws IOException {
        try (Stream<Path> folders = Files.list(RESOURCES.resolve("static/vendor"))) {
            for (Path folder : folders.toList()) assertTrue(Files.size(folder.resolve("LICENSE")) > 500, folder.toString());
        }
    }

    @Test
    void thePlaceInTheNavigationIsMarked() {
        String html = Templates.page("parts", Map.of("title", "Parts"), Role.RUNNER, "/parts");
        assertTrue(html.contains("<a href=\"/parts\" aria-current=\"page\">Parts</a>"), html);
        assertEquals(1, html.split("aria-current", -1).length - 1);
        assertTrue(html.contains("data-role=\"runner\""), html);
    }

    @Test
    void whoIsNotLoggedInSeesNoNavigation() {
        String html = LoginPage.html("/runs/a", true);
        assertFalse(html.contains("<nav"), html);
        assertTrue(html.contains("value=\"/runs/a\"") && html.contains("not valid"), html);
        assertNotNull(LoginPage.html("/", false));
        assertFalse(LoginPage.html("/", false).contains("not valid"));
    }
}
