package relata.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;

class ApiServletTest {
    private final AtomicInteger status = new AtomicInteger();

    private static <T> T proxy(Class<T> type, java.util.function.BiFunction<String, Object[], Object> answers) {
        return type.cast(Proxy.newProxyInstance(ApiServletTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> answers.apply(method.getName(), args == null ? new Object[0] : args)));
    }

    /** What goes out when a handler does this. */
    private String answer(Handler handler) throws Exception {
        return answer("GET", handler);
    }

    private String answer(String method, Handler handler) throws Exception {
        Bundle bundle = proxy(Bundle.class, (name, args) -> new Version(1, 0, 0));
        ApiServlet servlet = new ApiServlet(proxy(BundleContext.class, (name, args) -> bundle));
        servlet.addResource(() -> List.of(Route.get("/x", "", Object.class, handler)));
        Connection connection = new Connection();
        HttpServletRequest request = proxy(HttpServletRequest.class, (name, args) -> switch (name) {
            case "getMethod" -> method;
            case "getContentLengthLong" -> 0L;
            case "getRequestURI" -> ApiServlet.PATH + "/x";
            case "getAttribute" -> Role.VIEWER;
            default -> null;
        });
        HttpServletResponse response = proxy(HttpServletResponse.class, (name, args) -> {
            if (name.equals("setStatus")) status.set((Integer) args[0]);
            return name.equals("isCommitted") ? Boolean.FALSE : name.equals("getOutputStream") ? connection : null;
        });
        servlet.service(request, response);
        return connection.text();
    }

    @Test
    void whoAsksForTheHeadersOfEventsDoesNotListen() throws Exception {
        assertEquals("", answer("HEAD", request -> (Feed) connection -> {
            throw new AssertionError("it is kept open");
        }));
    }

    @Test
    void everyErrorIsAnsweredInTheSameShape() throws Exception {
        for (Error error : List.of(new OutOfMemoryError("secret"), new AssertionError("secret"), new ServiceConfigurationError("secret"))) {
            String text = answer(request -> {
                throw error;
            });
            assertEquals(500, status.get());
            assertEquals("{\"error\":{\"status\":500,\"code\":\"failed\",\"message\":\"Something went wrong inside. What it was is in what the server writes.\",\"details\":[],\"mistakes\":[]}}", text.replaceAll("\\s*\\n\\s*", ""));
            assertFalse(text.contains("secret"));
        }
        assertThrows(InternalError.class, () -> answer(request -> {
            throw new InternalError("the machine itself is broken");
        }));
    }
}
