package relata.platform.tests;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which bundle may use which. Parts use shared functions and the API; the platform uses the API; the surface uses the platform through
 * the API's services; nothing uses a part. Only what computes sees tensors, and only the engine sees how they are made.
 */
final class DependencyLaw {
    private static final Set<String> API = Set.of("relata.api", "relata.api.learn");
    private static final Set<String> SHARED = Set.of("relata.tensor", "relata.text", "relata.corpus.text", "relata.weights");
    private static final Set<String> PLATFORM = Set.of("relata.recipe", "relata.runtime", "relata.runs", "relata.plugins");
    private static final Set<String> ENGINE = Set.of("relata.engine.pytorch", "relata.engine.pytorch.service", "relata.engine.onnx", "relata.engine.onnx.service");
    private static final Set<String> SURFACE = Set.of("relata.cli", "relata.console", "relata.kit");
    private static final String TESTKIT = "relata.testkit";

    private static final List<String> TENSORS = List.of(
            "relata.api.learn", "relata.tensor", "relata.runtime", "relata.example", "relata.testkit", "relata.loss.", "relata.objective.", "relata.encode.", "relata.engine.", "relata.method.");

    private DependencyLaw() {}

    /** The bundle of a class: the longest of the bundles' names that begins its package; empty if it is nobody's. */
    static Optional<String> bundle(String className, Set<String> bundles) {
        return bundles.stream().filter(b -> className.startsWith(b + ".")).max((a, b) -> Integer.compare(a.length(), b.length()));
    }

    /** Why a class of one bundle may not use a class of another; empty if it may. */
    static Optional<String> objection(String from, String to) {
        if (from.equals(to) || API.contains(to)) return from.equals("relata.api") && to.equals("relata.api.learn") ? Optional.of("the API without tensors must not know the one with them") : Optional.empty();
        if (API.contains(from)) return Optional.of("the API must know nothing else");
        if (ENGINE.contains(to)) return ENGINE.contains(from) || from.equals(TESTKIT) ? Optional.empty() : Optional.of("the engine is used through the API");
        if (SHARED.contains(to)) {
            if (PLATFORM.contains(from) || SURFACE.contains(from) || ENGINE.contains(from)) return Optional.of("shared functions are for parts");
            return SHARED.contains(from) ? Optional.of("shared bundles stand alone") : Optional.empty();
        }
        if (PLATFORM.contains(to) || SURFACE.contains(to)) return Optional.of("platform and surface are used through the API's services");
        if (to.equals(TESTKIT)) return Optional.of("the testkit is for tests");
        return Optional.of("nothing may know a part");
    }

    /** Why a class of a bundle may not use a class of DJL; empty if it may. */
    static Optional<String> tensorObjection(String from, String djlClass) {
        if (TENSORS.stream().noneMatch(t -> from.equals(t) || t.endsWith(".") && from.startsWith(t))) return Optional.of("only what computes may see tensors");
        boolean inside = djlClass.startsWith("ai.djl.engine.") || djlClass.startsWith("ai.djl.pytorch.");
        return inside && !ENGINE.contains(from) ? Optional.of("only the engine may see how tensors are made") : Optional.empty();
    }
}
