package relata.plugins;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import relata.api.plugin.PluginException;

/** Checks a file that somebody calls a plug-in, without running anything of it: that it is a bundle, within limits, and asks for nothing that a plug-in may not have. */
final class JarCheck {
    private static final long MAX_MANIFEST = 1L << 20;
    /** Compilers make no larger ones: a method has 64 KiB at most, a class 65,535 constants. */
    private static final long MAX_CLASS = 8L << 20;
    /** Deflate reaches about 1000 only on blanks; programs and texts are far below. */
    private static final long MAX_RATIO = 200;
    /** Below this size a ratio says nothing. */
    private static final long RATIO_MATTERS = 4L << 20;

    /** Headers that reach beyond the plug-in, and why that is refused. */
    private static final Map<String, String> FORBIDDEN = new TreeMap<>(Map.of(
            Constants.FRAGMENT_HOST, "a fragment becomes part of another bundle; make a bundle of its own",
            Constants.BUNDLE_NATIVECODE, "native code cannot be replaced or removed while a platform runs; let it come as a feature of the platform",
            Constants.DYNAMICIMPORT_PACKAGE, "what a plug-in needs must be known before it starts; use Import-Package",
            Constants.REQUIRE_BUNDLE, "it ties the plug-in to one bundle; use Import-Package",
            "Launcher-Agent-Class", "a plug-in may not change the classes of others",
            "Premain-Class", "a plug-in may not change the classes of others"));

    private static final String HOOKS = "org.osgi.framework.hooks.";
    /** What stands between the commas and semicolons of a header. */
    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|[^,;\"]+");

    private final Path file;
    private final String said;
    private final Policy policy;
    private long unpacked;
    private int entries;

    /** @param said the file's name for messages: {@code file} may be a copy */
    JarCheck(Path file, String said, Policy policy) {
        this.file = file;
        this.said = said;
        this.policy = policy;
    }

    /** @throws PluginException with the first thing that is wrong */
    Candidate candidate(String origin, String feature) throws PluginException, IOException {
        String sha256 = Store.sha256(file);
        contents();
        Manifest manifest = manifest();
        Attributes headers = manifest.getMainAttributes();
        String name = name(headers);
        Version version = version(headers);
        for (Map.Entry<String, String> forbidden : FORBIDDEN.entrySet())
            if (headers.getValue(forbidden.getKey()) != null)
                throw refused("its manifest has the header " + forbidden.getKey() + ": " + headers.getValue(forbidden.getKey()) + ", which plug-ins may not have: " + forbidden.getValue());
        String imports = Objects.requireNonNullElse(headers.getValue(Constants.IMPORT_PACKAGE), "");
        if (imports.contains(HOOKS)) throw refused("it imports " + HOOKS + "*, with which it could change what other bundles are and see; plug-ins may not");
        classPath(Objects.requireNonNullElse(headers.getValue(Constants.BUNDLE_CLASSPATH), ""));
        boolean allowed = policy.allowed().contains(sha256);
        Optional<String> problem = new ClassCheck(file).problem(allowed);
        if (problem.isPresent()) throw refused(problem.get());
        List<String> remarks = new Signatures(file, policy).remarks(said, sha256, allowed);
        return new Candidate(file, sha256, origin, feature, name, version, headers, remarks);
    }

    private PluginException refused(String why) {
        return new PluginException(said + " is refused: " + why);
    }

    /** Reads every entry, of jars inside too, counting; and compares what is there with the table of contents. */
    private void contents() throws PluginException, IOException {
        byte[] begin = new byte[4];
        try (InputStream in = Files.newInputStream(file)) {
            if (in.readNBytes(begin, 0, 4) < 4 || begin[0] != 'P' || begin[1] != 'K') throw refused("it is no jar: a jar begins with 'PK'");
        }
        Set<String> there = new HashSet<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                ZipInputStream zip = new ZipInputStream(in)) {
            read(zip, there, "", Files.size(file));
        } catch (ZipException | EOFException e) {
            throw refused("it is a damaged jar: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw refused("it has an entry whose name is no text: " + e.getMessage());
        }
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            Set<String> listed = new HashSet<>();
            for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) listed.add(all.nextElement().getName());
            if (!listed.equals(there)) throw refused("its table of contents does not list what is in it; make the jar anew");
        } catch (ZipException e) {
            throw refused("it is a damaged jar: " + e.getMessage() + ". Was it copied as a whole?");
        }
    }

    private void read(ZipInputStream zip, Set<String> names, String within, long packed) throws IOException, PluginException {
        byte[] buffer = new byte[1 << 16];
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            String name = entry.getName();
            if (!names.add(name)) throw refused("it holds " + within + name + " twice; which one counts would depend on who reads it");
            if (name.startsWith("/") || name.contains("\\") || name.contains(":") || Arrays.asList(name.split("/")).contains("..") || name.indexOf('\0') >= 0)
                throw refused("its entry '" + within + name + "' would lie outside of it");
            // Java takes it for the manifest, the framework does not: each would see other headers
            if (name.equalsIgnoreCase(JarFile.MANIFEST_NAME) && !name.equals(JarFile.MANIFEST_NAME)) throw refused("its entry '" + within + name + "' must be called " + JarFile.MANIFEST_NAME);
            if (++entries > policy.maxEntries()) throw refused("it has more than " + policy.maxEntries() + " entries ('max-entries' in etc/" + Policy.FILE + ")");
            if (within.isEmpty() && name.endsWith(".jar")) {
                read(new ZipInputStream(zip), new HashSet<>(), name + "!/", packed);
                continue;
            }
            long size = 0;
            for (int n = zip.read(buffer); n >= 0; n = zip.read(buffer)) {
                size += n;
                unpacked += n;
                if (unpacked > policy.maxUnpacked()) throw refused("unpacked it is larger than " + (policy.maxUnpacked() >> 20) + " MiB ('max-unpacked' in etc/" + Policy.FILE + ")");
                if (unpacked > RATIO_MATTERS && unpacked / packed > MAX_RATIO)
                    throw refused("unpacked it is more than " + MAX_RATIO + " times its size; programs and models are not, what fills disks is");
                if (size > MAX_MANIFEST && name.equals(JarFile.MANIFEST_NAME)) throw refused("its manifest is larger than " + (MAX_MANIFEST >> 20) + " MiB");
                if (size > MAX_CLASS && name.endsWith(".class")) throw refused("its entry '" + within + name + "' is larger than " + (MAX_CLASS >> 20) + " MiB, which no class is");
            }
        }
    }

    /** Jars inside are known by their ending: nobody would have looked into an archive of another. */
    private void classPath(String header) throws PluginException, IOException {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            for (String word : WORD.matcher(header).results().map(MatchResult::group).toList()) {
                String path = word.replace("\"", "").strip().replaceFirst("^/+", "");
                if (!path.endsWith(".jar") && jar.stream().anyMatch(e -> e.getName().equals(path) && !e.isDirectory()))
                    throw refused("its Bundle-ClassPath names the file " + path + "; only folders and jars can be there. If it is a jar, let its name end in .jar, in the plug-in and in that header");
            }
        }
    }

    private Manifest manifest() throws PluginException, IOException {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            Manifest manifest = jar.getManifest();
            if (manifest == null) throw refused("it has no manifest, so it is no OSGi bundle; the parent relata.plugin.parent makes bundles");
            return manifest;
        } catch (IOException e) {
            throw refused("its manifest cannot be read: " + e.getMessage());
        }
    }

    private String name(Attributes headers) throws PluginException {
        String name = headers.getValue(Constants.BUNDLE_SYMBOLICNAME);
        if (name == null) throw refused("its manifest has no Bundle-SymbolicName, so it is no OSGi bundle; the parent relata.plugin.parent makes bundles");
        name = name.split(";", 2)[0].strip();
        if (!name.matches("[\\w.-]{1,200}")) throw refused("its Bundle-SymbolicName '" + name + "' must be letters, digits, '.', '_' and '-'");
        return name;
    }

    private Version version(Attributes headers) throws PluginException {
        try {
            return Version.parseVersion(headers.getValue(Constants.BUNDLE_VERSION));
        } catch (IllegalArgumentException e) {
            throw refused("its Bundle-Version '" + headers.getValue(Constants.BUNDLE_VERSION) + "' is no version: it must be like 1.2.3 or 1.2.3.beta1");
        }
    }
}
