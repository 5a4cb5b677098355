package relata.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relata.api.plugin.PluginException;

class JarCheckTest {
    @TempDir
    private Path folder;

    private JarCheck check(String classPath) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-SymbolicName", "acme.part");
        headers.putValue("Bundle-Version", "1.0.0");
        headers.putValue("Bundle-ClassPath", classPath);
        Path file = folder.resolve("acme.jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            for (String entry : new String[] {"lib/", "lib/code.zip"}) jar.putNextEntry(new JarEntry(entry));
        }
        return new JarCheck(file, "acme.jar", Policy.standard());
    }

    @ParameterizedTest
    @ValueSource(strings = {"., lib/code.zip", "/lib/code.zip", ".,\"lib/code.zip\"", "lib;lib/code.zip"})
    void anArchiveThatNobodyLookedIntoIsRefused(String classPath) throws Exception {
        JarCheck check = check(classPath);
        String message = assertThrows(PluginException.class, () -> check.candidate("", "")).getMessage();
        assertTrue(message.startsWith("acme.jar is refused: its Bundle-ClassPath names the file lib/code.zip;"), message);
    }

    @Test
    void foldersAndWhatIsNotThereMayBeNamed() throws Exception {
        assertEquals("acme.part", check("., lib, lib/, lib/none.jar").candidate("", "").name());
    }
}
