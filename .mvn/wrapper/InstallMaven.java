import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Checks and unpacks a Maven distribution; fetches it first if it is not there. Run by mvnw as a source file: a JDK is all it needs. */
public class InstallMaven {
    /** @param args address of the zip, its SHA-256, the folder to make, the zip (fetched if missing or empty) */
    public static void main(String[] args) throws Exception {
        String address = args[0];
        Path target = Path.of(args[2]);
        Path zip = Path.of(args[3]);
        try {
            if (Files.notExists(zip) || Files.size(zip) == 0) fetch(address, zip);
            String found = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(zip)));
            if (!found.equalsIgnoreCase(args[1])) fail("what came from " + address + " has the SHA-256 " + found + ", but .mvn/wrapper/maven-wrapper.properties says " + args[1] + "; nothing was installed");
            unpack(zip, target);
        } catch (IOException e) {
            fail("Maven cannot be installed in " + target + ": " + e);
        }
    }

    private static void fetch(String address, Path zip) {
        try (InputStream in = URI.create(address).toURL().openStream()) {
            Files.copy(in, zip, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            fail("cannot fetch " + address + ": " + e + "\n      Is there a connection? A mirror can be named in MVNW_REPOURL.");
        }
    }

    private static void unpack(Path zip, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Path beside = Files.createTempDirectory(target.getParent(), "unpacking");
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                // all is in one folder, apache-maven-VERSION, which the target stands for
                String name = entry.getName().substring(entry.getName().indexOf('/') + 1);
                Path file = beside.resolve(name).normalize();
                if (name.isEmpty() || entry.isDirectory()) continue;
                if (!file.startsWith(beside)) throw new IOException("the archive wants to write outside: " + name);
                Files.createDirectories(file.getParent());
                Files.copy(in, file);
                if (name.equals("bin/mvn") || name.equals("bin/mvnDebug")) file.toFile().setExecutable(true, false);
            }
        }
        beside.toFile().setReadable(true, false);
        beside.toFile().setExecutable(true, false);
        try {
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            // another process was quicker
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(beside, target);
        } finally {
            Files.deleteIfExists(zip);
        }
    }

    private static void fail(String message) {
        System.err.println("mvnw: " + message);
        System.exit(1);
    }
}
