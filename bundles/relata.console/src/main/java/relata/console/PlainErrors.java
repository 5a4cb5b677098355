package relata.console;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import relata.console.rest.ApiServlet;
import relata.console.rest.Refusal;

/** Answers the errors of servlets and of files as documented, where the server would write a page of its own. */
final class PlainErrors extends HttpServletResponseWrapper {
    private final HttpServletResponse response;

    PlainErrors(HttpServletResponse response) {
        super(response);
        this.response = response;
    }

    @Override
    public void sendError(int status) throws IOException {
        ApiServlet.refuse(switch (status) {
            case SC_NOT_FOUND -> new Refusal(status, "not-found", "There is nothing here.");
            case SC_METHOD_NOT_ALLOWED -> new Refusal(status, "wrong-method", "This is not asked in this way.");
            default -> new Refusal(status, "failed", "The request cannot be answered.");
        }, response);
    }

    /** The servlet's own words are about itself, not about what was asked. */
    @Override
    public void sendError(int status, String words) throws IOException {
        sendError(status);
    }
}
