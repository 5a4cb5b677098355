package relata.runtime;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import relata.api.run.Workbench;

/**
 * Where an exported model goes: a folder, or a file with others beside it. It is filled in {@linkplain WorkFolder a folder of its own}, under a name that nobody else has,
 * and then moved. What no export wrote is never replaced.
 */
final class ExportPlace {
    /** Makes something of a folder that it fills. */
    interface Filling<T> {
        T fill(Path folder) throws Exception;
    }

    private static final Logger LOG = LoggerFactory.getLogger(ExportPlace.class);

    /** What exports write, whatever the model; each writes also the other files that the model's own folder has. */
    private static final Set<String> FILES = Set.of(
            ExportedModel.FILE, ModelExport.DESCRIPTION, ModelCard.FILE, "tokenizer.json", "vocab.txt", "tokenizer_config.json", "special_tokens_map.json", "config.json");
    private static final String TOKENIZER = "tokenizer.json", SUFFIX = ".onnx";

    private final Path model;
    private final Path target;
    private final Path parent;
    private final String name;
    private final boolean file;

    private ExportPlace(Path model, Path target, Path parent, String name, boolean file) {
        this.model = model;
        this.target = target;
        this.parent = parent;
        this.name = name;
        this.file = file;
    }

    /** @param model a model folder @param to as {@link Workbench#export} takes it @throws IOException if it cannot be written there */
    static ExportPlace of(Path model, Optional<Path> to) throws IOException {
        Path target = to.orElse(model.resolve(ExportedModel.FOLDER)).toAbsolutePath().normalize(), parent = target.getParent(), name = target.getFileName();
        if (parent == null || name == null) throw new IOException(target + " has no name; name a folder within it, or a file ending in " + SUFFIX);
        ExportPlace place = new ExportPlace(model, target, parent, name.toString(), to.isPresent() && name.toString().endsWith(SUFFIX));
        place.check();
        return place;
    }

    /** The ONNX file. */
    Path file() {
        return file ? target : target.resolve(ExportedModel.FILE);
    }

    /** Fills the place, as a whole or not at all. */
    <T> T write(Filling<T> filling) throws Exception {
        WorkFolder work = begin();
        // Ctrl-C ends the process without any finally
        Thread atEnd = new Thread(() -> discard(work), "relata-export-end");
        Runtime.getRuntime().addShutdownHook(atEnd);
        try (work) {
            try {
                // within: a temporary folder is its owner's alone, and this one will be everyone's
                T made = filling.fill(Files.createDirectory(work.made()));
                // again, since minutes have passed
                check();
                move(work.made(), work.before());
                return made;
            } finally {
                discard(work);
                forget(atEnd);
            }
        }
    }

    /** Also ends what processes left that were killed at this. */
    private synchronized WorkFolder begin() throws IOException {
        try {
            for (WorkFolder left : WorkFolder.abandoned(parent, name))
                try (left) {
                    if (!file && Files.exists(left.before()) && !Files.exists(target)) Files.move(left.before(), target, StandardCopyOption.ATOMIC_MOVE);
                    discard(left);
                }
            return WorkFolder.make(parent, name);
        } catch (IOException e) {
            throw Words.cannotWrite(target, e);
        }
    }

    /** What was there before is kept if there is nothing in its place. */
    private synchronized void discard(WorkFolder work) {
        if (Files.exists(work.before()) && !Files.exists(target)) return;
        try {
            work.delete();
        } catch (IOException e) {
            LOG.warn("{} is of no more use, but cannot be deleted: {}", work, Words.of(e));
        }
    }

    private static void forget(Thread atEnd) {
        try {
            Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException e) {
            LOG.debug("The process ends just now: {}", e.toString());
        }
    }

    private synchronized void move(Path whole, Path old) throws IOException {
        try {
            Folders.sync(whole);
            if (file) spread(whole);
            else swap(whole, old);
        } catch (IOException e) {
            throw Words.cannotWrite(target, e);
        }
    }

    private void swap(Path whole, Path old) throws IOException {
        boolean there = Files.exists(target);
        if (there) Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        try {
            Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (there && !Files.exists(target)) Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
            throw e;
        }
    }

    /** The model under the file's name, and beside it, under names that begin alike, what one must have to use it. The model comes last. */
    private void spread(Path whole) throws IOException {
        CopyOption[] over = {StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE};
        Files.move(whole.resolve(ModelExport.DESCRIPTION), beside(".json"), over);
        if (Files.exists(whole.resolve(TOKENIZER))) Files.move(whole.resolve(TOKENIZER), beside("." + TOKENIZER), over);
        Files.move(whole.resolve(ExportedModel.FILE), target, over);
    }

    private Path beside(String end) {
        return parent.resolve(name.substring(0, name.length() - SUFFIX.length()) + end);
    }

    /** That the place is free, or has what an earlier export wrote. */
    private void check() throws IOException {
        if (!Files.isDirectory(parent)) throw new IOException("there is no folder " + parent + " to write " + name + " into");
        if (file) checkFiles();
        else checkFolder();
    }

    private void checkFiles() throws IOException {
        if (Files.isDirectory(target)) throw new IOException(target + " is a folder; name a file, or a folder whose name does not end in " + SUFFIX);
        Path description = beside(".json");
        for (Path each : List.of(target, description, beside("." + TOKENIZER)))
            if (Files.exists(each, LinkOption.NOFOLLOW_LINKS) && !described(description)) throw new IOException(each + " was not written by an export, and would be lost; name another file");
    }

    private void checkFolder() throws IOException {
        if (!Files.exists(target)) return;
        if (!Files.isDirectory(target)) throw new IOException(target + " is a file; name a folder, or a file whose name ends in " + SUFFIX);
        if (Files.isSameFile(target, model)) throw new IOException(target + " is the model itself; name another folder, or none, to write into its folder " + ExportedModel.FOLDER);
        List<Path> there;
        try (Stream<Path> list = Files.list(target)) {
            there = list.sorted().toList();
        }
        if (!there.isEmpty() && !described(target.resolve(ModelExport.DESCRIPTION))) throw new IOException(target + " holds other files, which would be lost; name a new folder");
        for (Path each : there) {
            String called = each.getFileName().toString();
            if (!Files.isRegularFile(each) || !FILES.contains(called) && !Files.isRegularFile(model.resolve(called)))
                throw new IOException(target + " holds " + called + ", which was not written by an export and would be lost; name a new folder");
        }
    }

    /** True if a file is what an export writes to describe the model. */
    private static boolean described(Path description) throws IOException {
        if (!Files.isRegularFile(description)) return false;
        try {
            return JsonParser.parseString(Files.readString(description, StandardCharsets.UTF_8)) instanceof JsonObject all && all.has("format") && all.get("format").toString().equals('"' + ModelDescription.FORMAT + '"');
        } catch (JsonParseException | CharacterCodingException e) {
            return false;
        }
    }
}
