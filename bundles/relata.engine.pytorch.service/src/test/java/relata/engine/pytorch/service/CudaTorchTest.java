package relata.engine.pytorch.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search alone, over folders made up as Python's wheels are: what it finds is not loaded here. */
class CudaTorchTest {
    @TempDir
    private Path root = Path.of("");

    private Path torch(String place, String version, boolean whole) throws Exception {
        Path torch = Files.createDirectories(root.resolve(place).resolve("torch"));
        Files.writeString(torch.resolve("version.py"), "from typing import Optional\n\n__all__ = ['__version__', 'cuda']\n__version__ = '" + version + "'\ncuda: Optional[str] = '12.8'\n");
        Files.createDirectories(torch.resolve("lib"));
        for (String library : List.of("libc10.so", "libc10_cuda.so", "libtorch.so", "libtorch_cpu.so")) Files.createFile(torch.resolve("lib").resolve(library));
        if (whole) Files.createFile(torch.resolve("lib/libtorch_cuda.so"));
        return torch;
    }

    private void driver() throws Exception {
        Files.createFile(Files.createDirectories(root.resolve("proc/driver/nvidia")).resolve("version"));
    }

    private CudaTorch search(String... environment) {
        return CudaTorch.search(environment.length == 0 ? Map.of() : Map.of(environment[0], environment[1]), root);
    }

    @Test
    void whatFitsIsFoundWherePythonKeepsPackages() throws Exception {
        driver();
        torch("usr/lib/python3/dist-packages", "2.6.0+cpu", true);
        Path torch = torch("usr/local/lib/python3.12/site-packages", "2.7.1+cu128", true);
        assertEquals(Optional.of(torch.resolve("lib")), search().library());
        assertEquals("torch 2.7.1+cu128 in " + torch.resolve("lib") + "; relata --features relata,engine-cuda uses it", search().words(false));
        Path own = torch("home/venv/lib/python3.11/site-packages", "2.7.1+cu128", true);
        assertEquals(Optional.of(own.resolve("lib")), search("VIRTUAL_ENV", root.resolve("home/venv").toString()).library());
        Path named = torch("somewhere", "2.7.1+cu128", true);
        assertEquals("torch 2.7.1+cu128 in " + named.resolve("lib"), search("RELATA_TORCH", named.toString()).words(true));
    }

    @Test
    void whatDoesNotFitIsExplained() throws Exception {
        driver();
        Path other = torch("usr/lib/python3/dist-packages", "2.9.0+cu130", true), half = torch("opt/conda/lib/python3.12/site-packages", "2.7.1+cu128", false);
        CudaTorch found = search();
        assertEquals(Optional.empty(), found.library());
        assertEquals(List.of(
                other + " is torch 2.9.0+cu130, but the bridge to Java is made for 2.7.1+cu128",
                half + " is torch 2.7.1+cu128, but in its folder lib there is no libtorch_cuda.so",
                "install the wheel of torch 2.7.1 for CUDA 12.8 with Python's pip, and if it is elsewhere let RELATA_TORCH name its folder"), found.said());
        // what the operator names is not passed over for something else
        torch("usr/local/lib/python3.12/site-packages", "2.7.1+cu128", true);
        assertEquals(root.resolve("none") + " is no torch of Python: it has no version.py", search("RELATA_TORCH", root.resolve("none").toString()).said().get(0));
    }

    @Test
    void whereNothingIsThePlacesAreNamed() {
        CudaTorch found = search("HOME", root.resolve("home").toString());
        assertEquals(Optional.empty(), found.library());
        String words = found.words(false);
        assertTrue(words.startsWith("not used: no torch is installed in " + root.resolve("home/.local/lib") + ", " + root.resolve("usr/local/lib")), words);
        assertTrue(words.endsWith("there is no NVIDIA driver: no " + root.resolve("proc/driver/nvidia/version")), words);
    }

    @Test
    void withoutADriverNothingIsUsed() throws Exception {
        torch("usr/local/lib/python3.12/site-packages", "2.7.1+cu128", true);
        assertEquals(Optional.empty(), search().library());
    }
}
