package relata.console.page;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The first page. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("")
public final class HomePage extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/html;charset=utf-8");
        response.getWriter().print("""
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Runs - Relata</title><link rel="stylesheet" href="/static/console.css"></head>
                <body><main><h1>Runs</h1><p><a href="/api/v1/runs">As JSON</a></p></main></body>
                </html>
                """);
    }
}
