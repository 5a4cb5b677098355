package relata.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import relata.api.component.Part;
import relata.api.run.Mistake;

/** Which stage takes from which: checks the names and finds an order. */
final class StageGraph {
    private final Map<String, Optional<Part>> stages;
    private final Map<String, Map<String, Binder.StageName>> takes = new LinkedHashMap<>();
    private final List<Mistake> mistakes;

    /** @param stages the stages in the order of the file; empty where the part is not known */
    StageGraph(Map<String, Optional<Part>> stages, List<Binder.StageName> names, List<Mistake> mistakes) {
        this.stages = stages;
        this.mistakes = mistakes;
        stages.keySet().forEach(s -> takes.put(s, new LinkedHashMap<>()));
        names.forEach(this::add);
    }

    private void add(Binder.StageName name) {
        String stage = name.stage();
        Optional<String> owner = stages.keySet().stream().filter(s -> name.path().startsWith("stages." + s + ".")).findFirst();
        List<String> others = stages.keySet().stream().filter(s -> owner.isEmpty() || !s.equals(owner.get())).toList();
        if (owner.isPresent() && owner.get().equals(stage)) {
            mistake(name, "a stage cannot take from itself. " + Names.known("Other stages", others, "", "There is no other stage."));
        } else if (!stages.containsKey(stage)) {
            mistake(name, "no stage is called '" + stage + "'. " + Names.known("Other stages", others, stage, "There is no other stage."));
        } else {
            stages.get(stage).filter(p -> !name.outputs().contains(p.produces())).ifPresent(p -> mistake(name, unfit(name, p, others)));
            owner.ifPresent(o -> takes.getOrDefault(o, Map.of()).putIfAbsent(stage, name));
        }
    }

    private String unfit(Binder.StageName name, Part part, List<String> others) {
        List<String> fit = others.stream().filter(s -> stages.get(s).filter(p -> name.outputs().contains(p.produces())).isPresent()).toList();
        return "stage '" + name.stage() + "' (" + part.name() + ") puts out " + (part.produces().isEmpty() ? "nothing" : "'" + part.produces() + "'") + ", but '"
                + String.join("' or '", name.outputs()) + "' is needed. " + Names.known("Stages with it", fit, "", "No other stage puts that out.");
    }

    private void mistake(Binder.StageName at, String message) {
        mistakes.add(new Mistake(at.line(), at.path(), message));
    }

    /** The stages, each after those that it takes from, otherwise in the order of the file. Circles are reported, and then no order is to be used. */
    List<String> order() {
        Set<String> done = new LinkedHashSet<>();
        while (done.size() < stages.size()) {
            Optional<String> next = stages.keySet().stream().filter(s -> !done.contains(s) && done.containsAll(takes.get(s).keySet())).findFirst();
            if (next.isPresent()) done.add(next.get());
            else done.addAll(circle(done));
        }
        return List.copyOf(done);
    }

    /** Reports a circle among the stages that are not done. */
    private List<String> circle(Set<String> done) {
        List<String> walk = new ArrayList<>();
        String at = stages.keySet().stream().filter(s -> !done.contains(s)).findFirst().orElseThrow();
        while (!walk.contains(at)) {
            walk.add(at);
            at = takes.get(at).keySet().stream().filter(s -> !done.contains(s)).findFirst().orElseThrow();
        }
        List<String> circle = new ArrayList<>(walk.subList(walk.indexOf(at), walk.size()));
        String first = stages.keySet().stream().filter(circle::contains).findFirst().orElseThrow();
        while (!circle.get(0).equals(first)) circle.add(circle.remove(0));
        String text = String.join(" takes from ", circle) + " takes from " + first;
        mistake(takes.get(first).get(circle.get(1)), "stages take from each other in a circle: " + text + ".");
        return circle;
    }
}
