package relata.engine.pytorch.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks for an installed PyTorch for CUDA that DJL's bridge to Java fits: that of torch {@value #VERSION}+{@value #FLAVOR} as Python's wheels hold it. It
 * comes with no Maven artifact.
 *
 * @param library the folder with its native libraries; empty: there is none that fits
 * @param said what was looked at, and what is wrong with it, in words
 */
record CudaTorch(Optional<Path> library, List<String> said) {
    static final String VERSION = "2.7.1";
    static final String FLAVOR = "cu128";
    /** Of Python, of shared memory between Python's processes: not for Java. */
    static final String EXCLUDED = "libtorch_python.so,libshm.so,libshm_windows.so";
    private static final Pattern FOUND = Pattern.compile("(?m)^__version__\\s*(?::[^=]*)?=\\s*['\"]([^'\"]+)['\"]");
    private static final List<String> NEEDED = List.of("libc10.so", "libc10_cuda.so", "libtorch.so", "libtorch_cpu.so", "libtorch_cuda.so");

    CudaTorch {
        said = List.copyOf(said);
    }

    /**
     * Looks for it: in the folder that {@code RELATA_TORCH} names alone; else where Python keeps packages.
     *
     * @param environment variables
     * @param root of the file system
     */
    static CudaTorch search(Map<String, String> environment, Path root) {
        List<String> said = new ArrayList<>();
        String own = environment.getOrDefault("RELATA_TORCH", "");
        Optional<Path> library = Optional.empty();
        Set<Path> looked = new LinkedHashSet<>();
        for (Path torch : own.isBlank() ? installed(environment, root, looked) : List.of(Path.of(own)))
            if (library.isEmpty()) library = fitting(torch, said);
        if (said.isEmpty() && library.isEmpty()) said.add("no torch is installed in " + String.join(", ", looked.stream().map(Path::toString).toList()));
        if (library.isEmpty()) said.add("install the wheel of torch " + VERSION + " for CUDA 12.8 with Python's pip, and if it is elsewhere let RELATA_TORCH name its folder");
        if (!Files.exists(root.resolve("proc/driver/nvidia/version"))) {
            said.add("there is no NVIDIA driver: no " + root.resolve("proc/driver/nvidia/version"));
            library = Optional.empty();
        }
        return new CudaTorch(library, said);
    }

    /** The folders {@code torch} of Python's packages. @param looked gets every folder that was looked into */
    private static List<Path> installed(Map<String, String> environment, Path root, Set<Path> looked) {
        List<Path> prefixes = new ArrayList<>();
        for (String variable : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) if (!environment.getOrDefault(variable, "").isBlank()) prefixes.add(Path.of(environment.get(variable)));
        if (!environment.getOrDefault("HOME", "").isBlank()) prefixes.add(Path.of(environment.get("HOME")).resolve(".local"));
        for (String prefix : List.of("usr/local", "usr", "opt/conda")) prefixes.add(root.resolve(prefix));
        List<Path> found = new ArrayList<>();
        for (Path prefix : prefixes) {
            looked.add(prefix.resolve("lib"));
            for (Path python : list(prefix.resolve("lib")))
                if (python.getFileName().toString().startsWith("python3"))
                    for (String packages : List.of("site-packages", "dist-packages")) if (Files.isDirectory(python.resolve(packages).resolve("torch"))) found.add(python.resolve(packages).resolve("torch"));
        }
        return found;
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            return List.of(); // what may not be looked into is not there
        }
    }

    /** The libraries of a {@code torch} folder. @param said gets what is wrong with it */
    private static Optional<Path> fitting(Path torch, List<String> said) {
        String wanted = VERSION + "+" + FLAVOR;
        try {
            Path file = torch.resolve("version.py");
            if (!Files.isRegularFile(file)) {
                said.add(torch + " is no torch of Python: it has no version.py");
                return Optional.empty();
            }
            Matcher version = FOUND.matcher(Files.readString(file));
            String found = version.find() ? version.group(1) : "of an unknown version";
            List<String> missing = NEEDED.stream().filter(l -> !Files.exists(torch.resolve("lib").resolve(l))).toList();
            if (!found.equals(wanted)) said.add(torch + " is torch " + found + ", but the bridge to Java is made for " + wanted);
            else if (!missing.isEmpty()) said.add(torch + " is torch " + found + ", but in its folder lib there is no " + String.join(", no ", missing));
            else return Optional.of(torch.resolve("lib"));
        } catch (IOException e) {
            said.add(torch + " cannot be read: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** Makes DJL load these libraries: as its documentation says, by settings that it reads once, before it loads. */
    void use() {
        Path lib = library.orElseThrow();
        System.setProperty("PYTORCH_LIBRARY_PATH", lib.toString());
        System.setProperty("PYTORCH_VERSION", VERSION);
        System.setProperty("PYTORCH_FLAVOR", FLAVOR);
        System.setProperty("PYTORCH_LIBRARY_EXCLUSION", EXCLUDED);
        // DJL counts the GPUs through CUDA's runtime, which lies in a package of its own beside torch
        Path runtime = lib.getParent().resolveSibling("nvidia").resolve("cuda_runtime").resolve("lib");
        if (Files.isDirectory(runtime) && System.getProperty("jna.library.path") == null) System.setProperty("jna.library.path", runtime.toString());
    }

    /** For people. @param chosen whether the feature is started that wants it */
    String words(boolean chosen) {
        if (library.isEmpty()) return "not used: " + String.join("; ", said);
        return "torch " + VERSION + "+" + FLAVOR + " in " + library.get() + (chosen ? "" : "; relata --features relata,engine-cuda uses it");
    }
}
