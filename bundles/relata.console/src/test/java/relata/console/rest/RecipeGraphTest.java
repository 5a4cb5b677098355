package relata.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import relata.api.component.Catalogue;
import relata.api.component.Default;
import relata.api.component.FromStage;
import relata.api.component.Part;
import relata.api.component.Ref;
import relata.api.component.SplitName;
import relata.api.run.Stage;
import relata.api.view.Augmenter;
import relata.api.view.TokenGuard;

class RecipeGraphTest {
    record Swap(@Default("0.1") double rate, @Default("[]") List<Ref<TokenGuard>> keep) {}

    record Train(@SplitName String split, @FromStage("encoder") Optional<String> from, List<Ref<Augmenter>> views) {}

    record Report(@FromStage("model") Map<String, List<String>> compare) {}

    private static Part part(String kind, Class<?> type, String name, Class<? extends Record> config) {
        return new Part(kind, type, name, "Does " + name + ".", "Somebody 2020", "", "b", "1", config);
    }

    private static final Catalogue CATALOGUE = new Catalogue() {
        @Override
        public List<String> kinds() {
            return List.of();
        }

        @Override
        public List<Part> parts() {
            return List.of(part("stage", Stage.class, "train", Train.class), part("stage", Stage.class, "report", Report.class), part("augmenter", Augmenter.class, "swap", Swap.class));
        }

        @Override
        public Optional<Part> find(String kind, String name) {
            return parts().stream().filter(p -> p.kind().equals(kind) && p.name().equals(name)).findFirst();
        }
    };

    private static final Map<String, String> SETTINGS = new LinkedHashMap<>();

    static {
        for (String line : """
                recipe=r
                corpus.use=jsonl
                corpus.with.root=data
                encoder.use=cnn
                stages.pre.use=train
                stages.pre.with.split=train
                stages.pre.with.views[0].use=swap
                stages.pre.with.views[0].with.rate=0.2
                stages.pre.with.views[0].with.keep[0].use=entities
                stages.fine.use=train
                stages.fine.with.split=train
                stages.fine.with.from=pre
                stages.fine.with.views=[]
                stages.tell.use=report
                stages.tell.with.compare.a[0]=pre
                stages.tell.with.compare.a[1]=fine
                """.split("\n")) SETTINGS.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }

    @Test
    void partsAreNodesAndWhatTheyTakeAreEdges() {
        RecipeGraph graph = RecipeGraph.of(SETTINGS, CATALOGUE);
        assertEquals(
                List.of("corpus corpus jsonl", "encoder encoder cnn", "stages.pre stage pre", "stages.pre.with.views[0] augmenter swap", "stages.pre.with.views[0].with.keep[0] guard entities",
                        "stages.fine stage fine", "stages.tell stage tell"),
                graph.nodes().stream().map(n -> n.id() + " " + n.kind() + " " + n.label()).toList());
        assertEquals(
                List.of("corpus -> stages.pre examples", "encoder -> stages.pre encoder", "stages.pre.with.views[0] -> stages.pre views[0]",
                        "stages.pre.with.views[0].with.keep[0] -> stages.pre.with.views[0] keep[0]", "corpus -> stages.fine examples", "stages.pre -> stages.fine from",
                        "stages.pre -> stages.tell compare", "stages.fine -> stages.tell compare"),
                graph.edges().stream().map(e -> e.from() + " -> " + e.to() + " " + e.what()).toList());
        assertEquals(List.of("pre", "fine"), graph.needs("tell"));
        assertEquals(Map.of("rate", "0.2"), graph.nodes().get(3).settings());
        assertEquals(Map.of("split", "train"), graph.nodes().get(2).settings());
        assertEquals("Somebody 2020", graph.nodes().get(3).cite());
    }

    @Test
    void aRecipeOfPartsThatAreGoneIsStillDrawn() {
        RecipeGraph graph = RecipeGraph.of(SETTINGS, new FollowerTest.NoParts());
        assertEquals(7, graph.nodes().size());
        assertEquals("", graph.nodes().get(3).kind());
        assertEquals(2, graph.edges().size(), "what stands inside what");
    }
}
