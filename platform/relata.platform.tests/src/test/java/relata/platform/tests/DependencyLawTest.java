package relata.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keeps the dependency law over the classes of all bundles. */
class DependencyLawTest {
    private static Set<String> bundles = Set.of();
    private static List<JavaClass> own = List.of();

    @BeforeAll
    static void importClasses() throws IOException {
        bundles = Tree.bundles();
        List<Path> folders = new ArrayList<>();
        for (String bundle : bundles) {
            // only our own packages: wrappers hold other people's classes
            Path classes = Tree.ROOT.resolve("bundles").resolve(bundle).resolve("target/classes/relata");
            if (Files.isDirectory(classes)) folders.add(classes);
        }
        JavaClasses all = new ClassFileImporter().importPaths(folders);
        own = all.stream().filter(c -> c.getName().startsWith("relata.")).toList();
    }

    @Test
    void allClassesAreSeen() {
        Set<String> seen = new TreeSet<>();
        own.forEach(c -> seen.add(DependencyLaw.bundle(c.getName(), bundles).orElseThrow(() -> new AssertionError(c.getName() + " lies in no bundle's package"))));
        assertTrue(own.size() > 200, "only " + own.size() + " classes were found");
        assertTrue(seen.containsAll(List.of("relata.api", "relata.api.learn", "relata.tensor", "relata.runtime", "relata.cli", "relata.loss.contrastive")), "bundles with classes: " + seen);
    }

    @Test
    void eachClassLiesInThePackageOfItsBundle() {
        List<String> strays = new ArrayList<>();
        for (JavaClass c : own) {
            String folder = c.getSource().orElseThrow().getUri().getPath();
            String bundle = DependencyLaw.bundle(c.getName(), bundles).orElse("");
            if (!folder.contains("/bundles/" + bundle + "/")) strays.add(c.getName() + " lies in " + folder);
        }
        assertEquals(List.of(), strays);
    }

    @Test
    void bundlesUseOnlyWhatTheyMay() {
        Set<String> objections = new TreeSet<>();
        for (JavaClass c : own)
            for (Dependency d : c.getDirectDependenciesFromSelf()) {
                String from = DependencyLaw.bundle(c.getName(), bundles).orElseThrow();
                String target = d.getTargetClass().getBaseComponentType().getName();
                Optional<String> objection = target.startsWith("ai.djl.")
                        ? DependencyLaw.tensorObjection(from, target)
                        : DependencyLaw.bundle(target, bundles).flatMap(to -> DependencyLaw.objection(from, to));
                objection.ifPresent(o -> objections.add(c.getName() + " uses " + target + ": " + o));
            }
        assertEquals("", String.join("\n", objections));
    }

    @ParameterizedTest
    @CsvSource({
        "relata.loss.contrastive, relata.api.learn, true",
        "relata.loss.contrastive, relata.tensor, true",
        "relata.loss.contrastive, relata.objective.standard, false",
        "relata.encode.transformer, relata.weights, true",
        "relata.encode.transformer, relata.engine.pytorch.service, false",
        "relata.encode.transformer, relata.engine.onnx.service, false",
        "relata.runtime, relata.engine.onnx.service, false",
        "relata.engine.onnx.service, relata.api.learn, true",
        "relata.runtime, relata.api, true",
        "relata.runtime, relata.loss.contrastive, false",
        "relata.runtime, relata.recipe, false",
        "relata.runtime, relata.tensor, false",
        "relata.recipe, relata.api.learn, true",
        "relata.cli, relata.runtime, false",
        "relata.cli, relata.plugins, false",
        "relata.plugins, relata.api, true",
        "relata.plugins, relata.runtime, false",
        "relata.cli, relata.api, true",
        "relata.corpus.jsonl, relata.corpus.text, true",
        "relata.corpus.jsonl, relata.corpus.wordnet, false",
        "relata.tensor, relata.text, false",
        "relata.text, relata.api, true",
        "relata.api, relata.api.learn, false",
        "relata.api, relata.text, false",
        "relata.api.learn, relata.api, true",
        "relata.parse.corenlp, relata.text, true",
        "relata.example, relata.tensor, true",
        "relata.example, relata.testkit, false",
        "relata.testkit, relata.engine.pytorch.service, true"
    })
    void theLawKnowsRightFromWrong(String from, String to, boolean allowed) {
        assertEquals(allowed, DependencyLaw.objection(from, to).isEmpty(), from + " -> " + to);
    }

    @ParameterizedTest
    @CsvSource({
        "relata.loss.contrastive, ai.djl.ndarray.NDArray, true",
        "relata.loss.contrastive, ai.djl.engine.Engine, false",
        "relata.loss.contrastive, ai.djl.pytorch.jni.JniUtils, false",
        "relata.engine.pytorch.service, ai.djl.pytorch.jni.JniUtils, true",
        "relata.recipe, ai.djl.ndarray.NDArray, false",
        "relata.cli, ai.djl.ndarray.NDArray, false",
        "relata.text, ai.djl.ndarray.NDArray, false",
        "relata.encode.transformer, ai.djl.huggingface.tokenizers.HuggingFaceTokenizer, true"
    })
    void theLawKnowsWhoMaySeeTensors(String from, String djlClass, boolean allowed) {
        assertEquals(allowed, DependencyLaw.tensorObjection(from, djlClass).isEmpty(), from + " -> " + djlClass);
    }

    @Test
    void aClassBelongsToTheLongestNameThatFits() {
        assertEquals(Optional.of("relata.api.learn"), DependencyLaw.bundle("relata.api.learn.Loss", Set.of("relata.api", "relata.api.learn")));
        assertEquals(Optional.of("relata.api"), DependencyLaw.bundle("relata.api.run.Runs", Set.of("relata.api", "relata.api.learn")));
        assertEquals(Optional.empty(), DependencyLaw.bundle("java.util.List", Set.of("relata.api")));
    }
}
