package relata.console;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import relata.console.page.PageServlet;

/**
 * Styles and scripts, from this bundle's {@code relata/console/static}. A browser asks each time whether it still has the right ones, by what is in them: all files of a
 * release have the same date, by which it could not tell them from those of the release before.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/static/*")
public final class StaticFiles extends PageServlet {
    private static final long serialVersionUID = 1;
    private static final Map<String, String> TYPES = Map.of("js", "text/javascript;charset=utf-8", "css", "text/css;charset=utf-8", "svg", "image/svg+xml");

    private record Whole(byte[] bytes, String tag) {}

    private final transient Map<String, Whole> read = new ConcurrentHashMap<>();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = String.valueOf(request.getPathInfo());
        Optional<Whole> file = file(path);
        if (file.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("ETag", file.get().tag());
        if (file.get().tag().equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "text/plain;charset=utf-8"));
        response.setContentLength(file.get().bytes().length);
        response.getOutputStream().write(file.get().bytes());
    }

    /** A file of the folder; nothing else has such a name. */
    private Optional<Whole> file(String path) throws IOException {
        Whole known = read.get(path);
        if (known != null) return Optional.of(known);
        if (!path.matches("/[\\w./-]+") || path.contains("//") || path.contains("/.") || path.endsWith("/")) return Optional.empty();
        try (InputStream in = StaticFiles.class.getResourceAsStream("static" + path)) {
            if (in == null) return Optional.empty();
            byte[] bytes = in.readAllBytes();
            // a folder has no bytes
            if (bytes.length == 0) return Optional.empty();
            Whole whole = new Whole(bytes, "\"" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16) + "\"");
            read.put(path, whole);
            return Optional.of(whole);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
