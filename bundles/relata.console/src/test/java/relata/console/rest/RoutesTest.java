package relata.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutesTest {
    private static Route route(String method, String path) {
        return new Route(method, path, Role.VIEWER, "", Nothing.class, Nothing.class, r -> Nothing.NOTHING);
    }

    private final Routes routes = new Routes(List.of(route("GET", "/runs"), route("POST", "/runs"), route("GET", "/runs/{run}"), route("DELETE", "/runs/{run}"), route("POST", "/runs/{run}/stop"), route("POST", "/plugins/{name}/enable"), route("POST", "/plugins/rollback"), route("DELETE", "/plugins/{name}")));

    private Map<String, String> path(String method, String path) throws Refusal {
        return routes.find(method, path).path();
    }

    @Test
    void segmentsStandForNames() throws Refusal {
        assertEquals(Map.of(), path("GET", "/runs"));
        assertEquals(Map.of("run", "20260101-120000-x"), path("GET", "/runs/20260101-120000-x"));
        assertEquals(Map.of("run", "a b+c"), path("POST", "/runs/a%20b+c/stop"));
        assertEquals("/plugins/rollback", routes.find("POST", "/plugins/rollback").route().path());
        assertEquals("/runs", routes.find("HEAD", "/runs/").route().path());
    }

    @Test
    void aSlashThatIsPartOfANameSplitsNothing() throws Refusal {
        assertEquals(Map.of("run", "../../etc/passwd"), path("GET", "/runs/..%2F..%2Fetc%2Fpasswd"));
        assertEquals(Map.of("run", "%zz"), path("GET", "/runs/%zz"));
    }

    @Test
    void whatIsNotThereIsTold() {
        assertEquals(404, assertThrows(Refusal.class, () -> path("GET", "/nothing")).status());
        assertEquals(404, assertThrows(Refusal.class, () -> path("GET", "/runs/a/b/c")).status());
        Refusal wrong = assertThrows(Refusal.class, () -> path("PUT", "/runs/x"));
        assertEquals(405, wrong.status());
        assertEquals(List.of("DELETE", "GET"), wrong.details());
    }

    @Test
    void noTwoResourcesAnswerTheSame() {
        assertThrows(IllegalStateException.class, () -> new Routes(List.of(route("GET", "/x"), route("GET", "/x"))));
    }
}
