package relata.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.FrameworkWiring;
import relata.launcher.Installation;
import relata.launcher.Platform;

/** Starts every feature of the assembled distribution, with nothing but what it requires. */
class FeatureTest {
    private static final int SATISFIED = 4;
    private static final int FAILED_ACTIVATION = 16;

    static List<String> features() throws IOException {
        return Features.names(Tree.home());
    }

    @ParameterizedTest
    @MethodSource("features")
    void startsWithEveryBundleResolvedAndNoComponentWaiting(String feature) throws Exception {
        try (Platform platform = Platform.start(Installation.of(Tree.home(), List.of(feature)), Map.of("relata.home", Tree.home().toString()))) {
            BundleContext context = platform.context();
            List<String> wrong = new ArrayList<>();
            List<String> onDemand = Features.onDemand(Tree.home());
            for (Bundle b : context.getBundles()) {
                boolean fragment = b.getHeaders().get(Constants.FRAGMENT_HOST) != null;
                boolean passive = fragment || onDemand.stream().anyMatch(b.getLocation()::contains);
                // nobody may have needed it yet
                if (passive && !fragment) context.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(List.of(b));
                if (b.getState() != (passive ? Bundle.RESOLVED : Bundle.ACTIVE)) wrong.add(b.getSymbolicName() + " is in state " + b.getState());
            }
            wrong.addAll(waiting(context));
            assertEquals(List.of(), wrong);
        }
    }

    @Test
    void aFeatureWithoutWhatItNeedsIsFoundOut() throws Exception {
        Installation clre = Installation.of(Tree.home(), List.of("clre"));
        List<Installation.Jar> fewer = clre.jars().stream().filter(j -> !j.path().toString().contains("relata.tensor")).toList();
        assertEquals(clre.jars().size() - 1, fewer.size());
        try (Platform platform = Platform.start(new Installation(clre.features(), fewer), Map.of())) {
            assertTrue(Stream.of(platform.context().getBundles()).anyMatch(b -> b.getState() == Bundle.INSTALLED), "every bundle resolves without relata.tensor");
        }
    }

    @Test
    void theDistributionHoldsExactlyWhatFeaturesName() throws Exception {
        TreeSet<String> there = new TreeSet<>();
        Path system = Tree.home().resolve("system");
        try (Stream<Path> files = Files.walk(system)) {
            for (Path jar : files.filter(f -> f.toString().endsWith(".jar")).toList()) {
                Path version = jar.getParent();
                Path artifact = version.getParent();
                String group = system.relativize(artifact.getParent()).toString().replace('/', '.');
                there.add(group + ":" + artifact.getFileName() + ":" + version.getFileName());
            }
        }
        assertEquals(String.join("\n", Features.ids(Tree.home())), String.join("\n", there));
    }

    @Test
    void ownAndThirdPartyBundlesAreApart() throws Exception {
        for (String name : features()) {
            List<String> ids = new ArrayList<>();
            Features.read(Tree.home(), name).getAsJsonArray("bundles").forEach(b -> ids.add(b.getAsJsonObject().get("id").getAsString()));
            long own = ids.stream().filter(i -> i.startsWith("org.relata:")).count();
            assertTrue(own == 0 || own == ids.size(), name + " mixes own bundles with others': " + ids);
        }
    }

    @Test
    void featuresAreDescribedAndOfThisVersion() throws Exception {
        for (String name : features()) {
            JsonObject feature = Features.read(Tree.home(), name);
            assertEquals("org.relata:" + name + ":" + Tree.VERSION, feature.get("id").getAsString());
            assertEquals("1.0", feature.get("feature-resource-version").getAsString());
            for (String key : List.of("name", "description", "license")) assertTrue(feature.has(key), name + " has no " + key);
        }
    }

    @Test
    void onlyItsOwnFeatureHasCoreNlp() throws Exception {
        for (String name : features()) {
            String bundles = Features.read(Tree.home(), name).getAsJsonArray("bundles").toString();
            assertEquals(name.equals("corenlp"), bundles.contains("corenlp"), name);
        }
        assertTrue(Features.read(Tree.home(), "corenlp").get("license").getAsString().startsWith("GPL-3.0"));
    }

    /** Components that are not satisfied, asked of Declarative Services by reflection: its classes are the bundle's, not the test's. */
    private static List<String> waiting(BundleContext context) throws ReflectiveOperationException {
        ServiceReference<?> reference = context.getServiceReference("org.osgi.service.component.runtime.ServiceComponentRuntime");
        if (reference == null) return List.of();
        Object runtime = context.getService(reference);
        Class<?> type = Stream.of(runtime.getClass().getInterfaces()).filter(i -> i.getSimpleName().equals("ServiceComponentRuntime")).findFirst().orElseThrow();
        Object everywhere = Array.newInstance(Bundle.class, 0);
        List<String> waiting = new ArrayList<>();
        for (Object description : (Collection<?>) type.getMethod("getComponentDescriptionDTOs", Bundle[].class).invoke(runtime, everywhere)) {
            Object name = description.getClass().getField("name").get(description);
            for (Object configuration : (Collection<?>) type.getMethod("getComponentConfigurationDTOs", description.getClass()).invoke(runtime, description)) {
                int state = configuration.getClass().getField("state").getInt(configuration);
                if (state < SATISFIED || state == FAILED_ACTIVATION) waiting.add(name + " is in state " + state);
            }
        }
        return waiting;
    }
}
