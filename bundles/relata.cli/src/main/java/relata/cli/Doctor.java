package relata.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import relata.api.run.Health;

/** Looks at the running platform and at the machine. */
@Component(service = Health.class)
public final class Doctor implements Health {
    /** A run of the larger recipes keeps a few checkpoints of some hundred MiB. */
    private static final long RUNS_NEED = 2L << 30;
    /** The engine's natives unpack to half a GiB. */
    private static final long CACHE_NEEDS = 1L << 30;
    private static final long MEMORY_NEEDED = 3L << 30;

    private final Services services;

    /** With the platform's services. */
    @Activate
    public Doctor(@Reference Services services) {
        this.services = services;
    }

    @Override
    public List<Check> checks(Path runs) {
        List<Check> checks = new ArrayList<>();
        checks.add(Check.of("java", System.getProperty("java.version") + " in " + System.getProperty("java.home"), List.of()));
        checks.add(Check.of("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"), system()));
        Bundles bundles = new Bundles(services.context());
        checks.add(Check.of("bundles", bundles.count() + " installed", bundles.problems(unresolved())));
        checks.add(plugins());
        checks.add(parts());
        Components components = new Components(services.components());
        checks.add(Check.of("components", components.count() + " declared", components.problems()));
        checks.add(engine());
        checks.add(gpu());
        checks.add(Memory.check(MEMORY_NEEDED));
        checks.add(disk("runs folder", runs, RUNS_NEED));
        checks.add(disk("cache folder", services.cache(), CACHE_NEEDS));
        return checks;
    }

    private static List<String> system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch");
        boolean known = name.equals("linux") && (machine.equals("amd64") || machine.equals("x86_64"));
        return known ? List.of() : List.of("the engine's natives of this release are for Linux on x86-64 only");
    }

    /** Where nobody can tell what they lack, that they do not resolve is told all the same. */
    private List<String> unresolved() {
        try {
            return services.plugins(false).unresolved();
        } catch (Failure e) {
            return List.of();
        }
    }

    private Check plugins() {
        try {
            return Check.of("plug-ins", services.plugins(false).list().size() + " installed", services.plugins(false).problems());
        } catch (Failure e) {
            return Check.of("plug-ins", "none", List.of(said(e)));
        }
    }

    /** Making the catalogue makes every provider: one whose class does not load shows itself here, not in the middle of a run. */
    private Check parts() {
        try {
            return Check.of("parts", services.catalogue().parts().size() + " installed", List.of());
        } catch (Failure | RuntimeException | LinkageError e) {
            return Check.of("parts", "none", List.of(said(e)));
        }
    }

    private Check engine() {
        try {
            return Check.of("engine", services.workbench().engine(), List.of());
        } catch (Exception | LinkageError e) {
            return Check.of("engine", "none", List.of(said(e)));
        }
    }

    /** That there is none is no fault; what is wrong with one that is asked for, the engine says. */
    private Check gpu() {
        try {
            return Check.of("gpu", services.workbench().gpu(), List.of());
        } catch (Failure e) {
            return Check.of("gpu", "none", List.of());
        }
    }

    private static String said(Throwable problem) {
        return problem.getMessage() == null ? problem.toString() : problem.getMessage();
    }

    private static Check disk(String name, Path folder, long needed) {
        Path there = folder.toAbsolutePath();
        while (there != null && !Files.exists(there)) there = there.getParent();
        if (there == null) return Check.of(name, folder.toString(), List.of("no part of this path exists"));
        try {
            long free = Files.getFileStore(there).getUsableSpace();
            List<String> problems = new ArrayList<>();
            if (!Files.isDirectory(there)) problems.add(there + " is not a folder");
            else if (!Files.isWritable(there)) problems.add("not allowed to write in " + there);
            if (free < needed) problems.add(Memory.text(free) + " are free, but " + Memory.text(needed) + " may be needed");
            return Check.of(name, folder + ", " + Memory.text(free) + " free", problems);
        } catch (IOException e) {
            return Check.of(name, folder.toString(), List.of("cannot be looked at: " + e.getMessage()));
        }
    }
}
