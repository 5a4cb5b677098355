package relata.runs;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import relata.api.run.Recipe;
import relata.api.run.RunFolder;
import relata.api.run.RunGroup;
import relata.api.run.Runs;

/** Runs in a folder of the file system. */
@Component(service = Runs.class)
public final class FolderRuns implements Runs {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final int TIME_LENGTH = 15;
    private static final int UUID_LENGTH = 36;
    private static final int GROUP_DIGITS = 8;

    private final Clock clock;
    private final String version;

    /** @param context of this bundle, whose version is Relata's */
    @Activate
    public FolderRuns(BundleContext context) {
        this(Clock.systemDefaultZone(), context.getBundle().getVersion().toString());
    }

    /** Runs outside a platform. @param version Relata's, for provenance */
    public FolderRuns(Clock clock, String version) {
        this.clock = clock;
        this.version = version;
    }

    @Override
    public RunFolder create(Path root, Recipe recipe, Optional<RunGroup> group) throws IOException {
        Instant now = clock.instant();
        String name = TIME.format(now.atZone(clock.getZone())) + "-" + fileName(recipe.name());
        try {
            Files.createDirectories(root);
            sweep(root);
            // made under a hidden name and moved when it is whole, so that no half-made run is ever listed
            Path hidden = Files.createDirectory(root.resolve(".new-" + UUID.randomUUID()));
            try {
                WholeFile.write(hidden.resolve(DiskFolder.RECIPE), recipe.yaml());
                folder(hidden).begin(now, group);
                return folder(moved(hidden, root, name));
            } catch (IOException | RuntimeException e) {
                delete(hidden);
                throw e;
            }
        } catch (IOException e) {
            throw Trouble.of("cannot make a run in", root, e);
        }
    }

    @Override
    public String newGroup(Path root, Recipe recipe) throws IOException {
        Set<String> taken = new HashSet<>();
        for (RunFolder run : list(root)) run.group().ifPresent(g -> taken.add(g.id()));
        String name = RunGroup.PREFIX + TIME.format(clock.instant().atZone(clock.getZone())) + "-" + fileName(recipe.name());
        // by chance, since another group of the same second is not seen before its first run is there
        while (true) {
            String id = name + "-" + UUID.randomUUID().toString().substring(0, GROUP_DIGITS);
            if (!taken.contains(id)) return id;
        }
    }

    @Override
    public AutoCloseable lockGroup(Path root, String group) throws IOException {
        try {
            Path file = RunLock.ofGroup(root, group);
            return RunLock.take(file).orElseThrow(() -> new IllegalStateException("the runs of " + group + " are being worked on by process " + RunLock.holder(file) + ". Stop it first, or wait."));
        } catch (IOException e) {
            throw Trouble.of("cannot lock a group in", root, e);
        }
    }

    private static Path moved(Path hidden, Path root, String name) throws IOException {
        for (int n = 1; ; n++) {
            Path target = root.resolve(n == 1 ? name : name + "-" + n);
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) continue;
            try {
                Files.move(hidden, target, ATOMIC_MOVE);
                WholeFile.force(root);
                return target;
            } catch (IOException e) {
                // somebody else may have taken the name in between
                if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) throw e;
            }
        }
    }

    @Override
    public RunFolder open(Path root, String run) throws IOException {
        if (run.isBlank()) throw new IOException("the name of the run is empty. " + known(root, list(root)));
        if (run.contains("/") || run.contains("\\") || run.startsWith(".")) return byPath(root, run);
        List<RunFolder> all = list(root);
        if (run.equals("last")) {
            if (all.isEmpty()) throw new IOException("there is no run in " + root + " yet.");
            return all.get(all.size() - 1);
        }
        List<RunFolder> found = new ArrayList<>();
        for (RunFolder folder : all) {
            if (folder.id().equals(run)) return folder;
            if (folder.id().startsWith(run)) found.add(folder);
        }
        if (found.size() == 1) return found.get(0);
        if (found.size() > 1) throw new IOException("'" + run + "' fits " + found.size() + " runs in " + root + ": " + ids(found) + ". Write more of the name.");
        return byPath(root, run);
    }

    private RunFolder byPath(Path root, String run) throws IOException {
        try {
            if (isRun(Path.of(run))) return folder(Path.of(run));
            if (isRun(root.resolve(run))) return folder(root.resolve(run));
        } catch (InvalidPathException e) {
            // then it is no run either
        }
        throw new IOException("there is no run '" + run + "'. " + known(root, list(root)));
    }

    private static String known(Path root, List<RunFolder> runs) {
        if (runs.isEmpty()) return "There is no run in " + root + " yet.";
        List<RunFolder> latest = runs.subList(Math.max(0, runs.size() - 10), runs.size());
        return (latest.size() < runs.size() ? "The latest in " : "There are in ") + root + ": " + ids(latest) + ".";
    }

    private static String ids(List<RunFolder> runs) {
        return runs.stream().map(RunFolder::id).collect(Collectors.joining(", "));
    }

    @Override
    public List<RunFolder> list(Path root) throws IOException {
        if (!Files.exists(root)) return List.of();
        List<DiskFolder> runs = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) if (isId(entry.getFileName().toString()) && isRun(entry)) runs.add(folder(entry));
        } catch (DirectoryIteratorException e) {
            throw Trouble.of("cannot list", root, e.getCause());
        } catch (IOException e) {
            throw Trouble.of("cannot list", root, e);
        }
        record Dated(Instant created, DiskFolder run) {}
        return runs.stream().map(r -> new Dated(r.created(), r))
                .sorted(Comparator.comparing(Dated::created).thenComparing(d -> d.run().id().length()).thenComparing(d -> d.run().id()))
                .<RunFolder>map(Dated::run).toList();
    }

    @Override
    public void remove(RunFolder run) throws IOException {
        Path path = run.path();
        if (!isRun(path)) throw new IOException(path + " is not a run folder; nothing was removed.");
        Path file = RunLock.ofRun(path);
        Optional<RunLock> lock = RunLock.take(file);
        if (lock.isEmpty()) throw new IOException("run " + run.id() + " is being worked on by process " + RunLock.holder(file) + ". Stop it first.");
        Path trash = path.resolveSibling(".trash-" + run.id() + "-" + UUID.randomUUID());
        try (RunLock held = lock.get()) {
            // gone at once for everybody, even if the deletion is interrupted
            Files.move(path, trash, ATOMIC_MOVE);
            delete(trash);
        } catch (IOException e) {
            throw Trouble.of("cannot remove", path, e);
        }
    }

    /** Deletes what an interrupted deletion, or an interrupted creation an hour ago, left over. */
    private void sweep(Path root) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, FolderRuns::isLeftOver)) {
            for (Path entry : entries) {
                boolean fresh = Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS).toInstant().isAfter(clock.instant().minusSeconds(3600));
                if (!fresh) delete(entry);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // another process may sweep too; what stays is hidden, and the next one tries again
        }
    }

    /** Only names that we gave: {@code .new-} or {@code .trash-}, and a random UUID at the end. */
    private static boolean isLeftOver(Path entry) {
        String name = entry.getFileName().toString();
        if (!name.startsWith(".new-") && !name.startsWith(".trash-") || name.length() < UUID_LENGTH) return false;
        try {
            return UUID.fromString(name.substring(name.length() - UUID_LENGTH)).version() == 4;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) return;
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException error) throws IOException {
                if (error != null) throw error;
                Files.deleteIfExists(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private DiskFolder folder(Path path) {
        return new DiskFolder(path, clock, version);
    }

    private static boolean isRun(Path path) {
        return Files.isRegularFile(path.resolve(DiskFolder.RECIPE));
    }

    private static boolean isId(String name) {
        return name.length() > TIME_LENGTH + 1 && name.charAt(TIME_LENGTH) == '-' && parse(name).isPresent();
    }

    private static Optional<LocalDateTime> parse(String id) {
        try {
            return id.length() < TIME_LENGTH ? Optional.empty() : Optional.of(LocalDateTime.parse(id.substring(0, TIME_LENGTH), TIME));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The time in a run's id; the epoch if there is none. */
    static Instant time(String id, ZoneId zone) {
        return parse(id).map(t -> t.atZone(zone).toInstant()).orElse(Instant.EPOCH);
    }

    /** The name in letters that every file system and locale can write. */
    static String fileName(String recipe) {
        StringBuilder name = new StringBuilder();
        for (char c : Normalizer.normalize(recipe, Normalizer.Form.NFKD).toCharArray()) {
            if (c < 128 && Character.isLetterOrDigit(c) || c == '_' || c == '.' && !name.isEmpty()) name.append(c);
            else if (Character.getType(c) != Character.NON_SPACING_MARK && !name.isEmpty() && name.charAt(name.length() - 1) != '-') name.append('-');
            if (name.length() == 60) break;
        }
        while (!name.isEmpty() && (name.charAt(name.length() - 1) == '-' || name.charAt(name.length() - 1) == '.')) name.setLength(name.length() - 1);
        return name.isEmpty() ? "run" : name.toString();
    }
}
