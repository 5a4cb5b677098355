package relata.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs that belong together over real HTTP: they are started, shown, compared, stopped and resumed as one. */
class ConsoleGroupsTest extends ServedApi {
    @Override
    boolean owns(String path) {
        return path.startsWith("/groups/");
    }

    @Test
    void runsOfAGroupAreStartedShownComparedAndResumed() throws Exception {
        Map<String, Object> wanted = Map.of("recipe", recipe(2), "seeds", "1..2", "vary", Map.of("stages.train.with.epochs", "1,2"));
        JsonObject checked = ask("runner", "POST", "/recipes/check", wanted, 200);
        assertEquals(4, checked.get("runs").getAsInt(), checked.toString());
        JsonObject started = ask("runner", "POST", "/runs", wanted, 201);
        String group = started.get("group").getAsString();
        List<String> runs = started.getAsJsonArray("runs").asList().stream().map(JsonElement::getAsString).toList();
        assertEquals(4, runs.size());
        assertEquals(started.get("id").getAsString(), runs.get(0));
        until(runs.get(3), "done");
        JsonObject shown = get("/groups/" + group);
        assertEquals("{\"done\":4}", shown.get("standing").toString());
        assertEquals("{\"stages.train.with.epochs\":\"2\",\"seed\":\"1\"}", shown.getAsJsonArray("runs").get(2).getAsJsonObject().get("set").toString());
        JsonObject table = get("/compare?resamples=0&figure=test.micro-f1&runs=" + group);
        assertEquals(2, table.getAsJsonArray("rows").size(), table.toString());
        assertEquals(4, get("/runs?q=" + group).get("total").getAsInt());
        String page = served.as("viewer", "GET", "/?q=" + group, "").body();
        assertTrue(runs.stream().allMatch(page::contains) && page.contains("1 to 4 of 4"), page);
        ask("runner", "POST", "/groups/" + group + "/resume", "", 409);
        ask("runner", "POST", "/groups/" + group + "/stop", "", 409);
        ask("viewer", "POST", "/groups/" + group + "/stop", "", 403);
        ask("viewer", "GET", "/groups/group-none", "", 404);
        ask("runner", "DELETE", "/runs/" + runs.get(1), "", 204);
        JsonObject resumed = ask("runner", "POST", "/groups/" + group + "/resume", "", 202).getAsJsonArray("runs").get(1).getAsJsonObject().getAsJsonObject("run");
        until(resumed.get("id").getAsString(), "done");
        assertEquals(2, resumed.get("seed").getAsInt());
        for (JsonElement place : get("/groups/" + group).getAsJsonArray("runs")) ask("runner", "DELETE", "/runs/" + place.getAsJsonObject().getAsJsonObject("run").get("id").getAsString(), "", 204);
        ask("viewer", "GET", "/groups/" + group, "", 404);
    }

    @Test
    void runsOfAGroupAreStoppedTogether() throws Exception {
        JsonObject started = ask("runner", "POST", "/runs", Map.of("recipe", recipe(100_000), "seeds", "1,2"), 201);
        String group = started.get("group").getAsString(), first = started.getAsJsonArray("runs").get(0).getAsString(), second = started.getAsJsonArray("runs").get(1).getAsString();
        until(first, "running");
        ask("runner", "POST", "/groups/" + group + "/stop", "", 202);
        until(first, "stopped");
        assertEquals("stopped", status(second));
        ask("runner", "POST", "/runs/" + second + "/resume", "", 202);
        until(second, "running");
        ask("runner", "POST", "/runs/" + second + "/stop", "", 202);
        until(second, "stopped");
        for (String run : List.of(first, second)) ask("runner", "DELETE", "/runs/" + run, "", 204);
    }
}
