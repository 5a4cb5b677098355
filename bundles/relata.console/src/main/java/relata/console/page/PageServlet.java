package relata.console.page;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** A servlet of pages or files. What is asked in another way than it takes is refused, with a word on what it takes: the header Allow. */
public abstract class PageServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final List<String> READING = List.of("GET", "HEAD", "OPTIONS");

    private final transient List<String> methods;

    /** For reading alone. */
    protected PageServlet() {
        this(READING);
    }

    /** @param methods of HTTP that it takes */
    protected PageServlet(List<String> methods) {
        this.methods = List.copyOf(methods);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        boolean taken = methods.contains(request.getMethod());
        if (!taken || request.getMethod().equals("OPTIONS")) response.setHeader("Allow", String.join(", ", methods));
        if (!taken) response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        else if (!request.getMethod().equals("OPTIONS")) super.service(request, response);
    }
}
