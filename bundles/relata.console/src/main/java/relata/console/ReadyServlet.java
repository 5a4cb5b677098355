package relata.console;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import relata.console.page.PageServlet;
import relata.console.rest.ApiServlet;

/** Says that the console answers; the port is open a little earlier. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/ready")
public final class ReadyServlet extends PageServlet {
    private static final long serialVersionUID = 1;

    /** @param api must be there */
    @Activate
    public ReadyServlet(@Reference ApiServlet api) {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=utf-8");
        response.getWriter().println("ready");
    }
}
