package relata.console.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import relata.console.rest.Role;

/** Makes pages of templates. All that goes into them is escaped. */
final class Templates {
    private record Link(String href, String label) {}

    private static final List<Link> LINKS = List.of(
            new Link("/", "Runs"), new Link("/new", "New run"), new Link("/compare", "Compare"), new Link("/try", "Try it"), new Link("/parts", "Parts"),
            new Link("/plugins", "Plug-ins"), new Link("/health", "Health"));
    private static final Mustache.Compiler COMPILER = Mustache.compiler().escapeHTML(true).emptyStringIsFalse(true).defaultValue("").withLoader(Templates::source);
    private static final Map<String, Template> COMPILED = new ConcurrentHashMap<>();

    private Templates() {}

    /**
     * A whole page.
     *
     * @param template of what is in its frame
     * @param values what the template names; {@code title} at least, and what the frame needs of {@code script}, {@code charts}, {@code yaml}, {@code run}
     * @param role who sees it; null before somebody is logged in
     * @param place the link of the navigation that leads here, or empty
     */
    static String page(String template, Map<String, ?> values, @Nullable Role role, String place) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("role", role == null ? "" : role.word());
        all.put("nav", LINKS.stream().map(l -> Map.of("href", l.href(), "label", l.label(), "current", l.href().equals(place))).toList());
        all.put("body", compiled(template).execute(all));
        return compiled("frame").execute(all);
    }

    private static Template compiled(String name) {
        return COMPILED.computeIfAbsent(name, n -> {
            try (Reader reader = source(n)) {
                return COMPILER.compile(reader);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Reader source(String name) throws FileNotFoundException {
        InputStream in = Templates.class.getResourceAsStream(name + ".mustache");
        if (in == null) throw new FileNotFoundException("there is no template " + name);
        return new InputStreamReader(in, StandardCharsets.UTF_8);
    }
}
