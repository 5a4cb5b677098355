package relata.plugins;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at classes without loading them: whether this Java can run them, and whether one would end the whole process. The second is a
 * help against mistakes, no wall: nothing keeps hostile code in a JVM from anything that its user may do.
 */
final class ClassCheck {
    private static final int MAGIC = 0xCAFEBABE;
    /** Class files of Java N have the major version N + 44. */
    private static final int JAVA = 44;
    private static final Set<String> ENDINGS = Set.of("java/lang/System.exit", "java/lang/Runtime.exit", "java/lang/Runtime.halt");

    private static final Pattern VARIANT = Pattern.compile("META-INF/versions/(\\d{1,6})/(.*)");

    private final Path file;

    ClassCheck(Path file) {
        this.file = file;
    }

    /** What is wrong; empty if nothing is. @param mayExit true if an operator has allowed this very file */
    Optional<String> problem(boolean mayExit) throws IOException {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            for (JarEntry entry : Collections.list(jar.entries()))
                try (InputStream in = jar.getInputStream(entry)) {
                    Optional<String> problem = entry.getName().endsWith(".jar") ? inside(new ZipInputStream(in), mayExit) : problem(entry.getName(), in, mayExit);
                    if (problem.isPresent()) return problem;
                }
        }
        return Optional.empty();
    }

    /** A jar in the jar can be on the plug-in's class path. */
    private static Optional<String> inside(ZipInputStream jar, boolean mayExit) throws IOException {
        for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
            Optional<String> problem = problem(entry.getName(), jar, mayExit);
            if (problem.isPresent()) return problem;
        }
        return Optional.empty();
    }

    private static Optional<String> problem(String entry, InputStream in, boolean mayExit) throws IOException {
        Matcher variant = VARIANT.matcher(entry);
        // a variant for newer Javas is not loaded here
        if (!entry.endsWith(".class") || variant.matches() && Integer.parseInt(variant.group(1)) > Runtime.version().feature()) return Optional.empty();
        String name = variant.matches() ? variant.group(2) : entry;
        return problem(name.substring(0, name.length() - ".class".length()).replace('/', '.'), in.readAllBytes(), mayExit);
    }

    private static Optional<String> problem(String name, byte[] bytes, boolean mayExit) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readInt() != MAGIC) return Optional.of("the class " + name + " is no class file");
            in.readUnsignedShort();
            int java = in.readUnsignedShort() - JAVA, here = Runtime.version().feature();
            if (java > here) return Optional.of("the class " + name + " is for Java " + java + "; this is Java " + here + ". Compile with --release " + Math.min(here, 17));
            String ending = mayExit || name.endsWith("module-info") ? null : ending(in);
            return ending == null ? Optional.empty()
                    : Optional.of("the class " + name + " calls " + ending.replace('/', '.') + ", which would end the platform and every run in it. Throw an exception instead; an operator can allow this very file in etc/plugins.sha256");
        } catch (IOException | RuntimeException e) {
            return Optional.of("the class " + name + " is damaged");
        }
    }

    /** The first method in the constant pool that ends the process. */
    private static @Nullable String ending(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        String[] texts = new String[count];
        int[][] pairs = new int[count][];
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts[i] = in.readUTF();
                case 3, 4 -> in.readInt();
                case 5, 6 -> {
                    in.readLong();
                    i++; // takes two places
                }
                case 7, 8, 16, 19, 20 -> pairs[i] = new int[] {tag, in.readUnsignedShort()};
                case 9, 10, 11, 12, 17, 18 -> pairs[i] = new int[] {tag, in.readUnsignedShort(), in.readUnsignedShort()};
                case 15 -> {
                    in.readUnsignedByte();
                    in.readUnsignedShort();
                }
                default -> throw new IOException("no such constant: " + tag);
            }
        }
        for (int[] method : pairs)
            if (method != null && method[0] == 10) {
                String called = texts[pairs[method[1]][1]] + "." + texts[pairs[method[2]][1]];
                if (ENDINGS.contains(called)) return called;
            }
        return null;
    }
}
