package relata.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import relata.api.corpus.Example;
import relata.api.evaluate.Embeddings;
import relata.api.evaluate.Predictions;
import relata.api.evaluate.RelationModel;

class LeasedTest {
    private final List<String> said = new ArrayList<>();

    /** A model that notes what is asked of it. */
    private final class Noting implements RelationModel {
        @Override
        public List<String> labels() {
            return List.of("yes");
        }

        @Override
        public Predictions predict(List<Example> examples) {
            return new Predictions(labels(), Optional.empty(), List.of());
        }

        @Override
        public Embeddings encode(List<Example> examples) {
            return new Embeddings(new float[][] {{7}});
        }

        @Override
        public void close() {
            said.add("closed");
            if (said.size() == 1) throw new IllegalStateException("cannot be closed");
        }
    }

    @Test
    void aModelKeepsItsPluginsUntilItIsClosed() throws Exception {
        said.add("opened");
        try (RelationModel model = Leased.model(() -> said.add("given back"), Noting::new)) {
            assertEquals(List.of("yes"), model.labels());
            assertEquals(List.of("yes"), model.predict(List.of()).labels());
            assertEquals(7, model.encode(List.of()).rows()[0][0]);
            assertEquals(List.of("opened"), said);
        }
        assertEquals(List.of("opened", "closed", "given back"), said);
    }

    /** What an interface answers by itself would hide what the model says. */
    @Test
    void everythingIsAskedOfTheModel() throws Exception {
        try (RelationModel model = Leased.model(() -> {}, Noting::new)) {
            said.add("opened");
            for (Method method : RelationModel.class.getMethods()) assertEquals(true, Leased.class.isAssignableFrom(model.getClass().getMethod(method.getName(), method.getParameterTypes()).getDeclaringClass()), method.toString());
        }
    }

    @Test
    void whatFailsGivesItsLeaseBack() throws Exception {
        assertThrows(IOException.class, () -> Leased.encoder(() -> said.add("given back"), () -> {
            throw new IOException("there is none");
        }));
        assertEquals(List.of("given back"), said);
        said.clear();
        assertThrows(IllegalStateException.class, Leased.model(() -> said.add("given back"), Noting::new)::close);
        assertEquals(List.of("closed", "given back"), said);
    }
}
