package relata.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import relata.api.run.Recipe;
import relata.api.run.RunFolder;
import relata.api.run.RunGroup;
import relata.api.run.RunStatus;
import relata.api.run.Runs;

/** Runs on disk without locks, called run-0, run-1 and so on. */
final class FakeRuns implements Runs {
    final List<FakeFolder> all = new ArrayList<>();
    /** Groups whose lock is held. */
    final Set<String> locked = new HashSet<>();

    @Override
    public RunFolder create(Path root, Recipe recipe, Optional<RunGroup> group) throws IOException {
        FakeFolder folder = new FakeFolder(Files.createDirectories(root.resolve("run-" + all.size())), recipe.yaml(), group);
        all.add(folder);
        return folder;
    }

    @Override
    public String newGroup(Path root, Recipe recipe) {
        return RunGroup.PREFIX + all.size();
    }

    @Override
    public AutoCloseable lockGroup(Path root, String group) {
        if (!locked.add(group)) throw new IllegalStateException("the runs of " + group + " are being worked on by process 1.");
        return () -> locked.remove(group);
    }

    @Override
    public RunFolder open(Path root, String run) throws IOException {
        if (run.equals("last") && !all.isEmpty()) return all.get(all.size() - 1);
        for (FakeFolder folder : all) if (folder.id().equals(run)) return folder;
        throw new IOException("there is no run '" + run + "'");
    }

    @Override
    public List<RunFolder> list(Path root) {
        return List.copyOf(all);
    }

    @Override
    public void remove(RunFolder run) {
        all.removeIf(f -> f.id().equals(run.id()));
    }

    /** A run's folder. */
    static final class FakeFolder implements RunFolder {
        private final Path path;
        private final String recipe;
        private final Optional<RunGroup> group;
        private RunStatus status = RunStatus.RUNNING;
        private String error = "";

        FakeFolder(Path path, String recipe, Optional<RunGroup> group) {
            this.path = path;
            this.group = group;
            this.recipe = recipe;
        }

        @Override
        public String id() {
            return path.getFileName().toString();
        }

        @Override
        public Path path() {
            return path;
        }

        @Override
        public Path stage(String stage) {
            try {
                return Files.createDirectories(path.resolve("stages").resolve(stage));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean finished(String stage) {
            return true;
        }

        @Override
        public void finish(String stage) {}

        @Override
        public String recipe() {
            return recipe;
        }

        @Override
        public Optional<RunGroup> group() {
            return group;
        }

        @Override
        public RunStatus status() {
            return status;
        }

        @Override
        public String error() {
            return error;
        }

        @Override
        public void status(RunStatus to, String why) {
            status = to;
            error = why;
        }

        @Override
        public AutoCloseable lock() {
            return () -> {};
        }

        @Override
        public void metric(Map<String, Object> values) {}

        @Override
        public List<Map<String, Object>> metrics() {
            return List.of();
        }

        @Override
        public void truncateMetrics(String stage, long step) {}

        @Override
        public void log(String line) {}

        @Override
        public void provenance(Map<String, Object> entries) {}
    }
}
