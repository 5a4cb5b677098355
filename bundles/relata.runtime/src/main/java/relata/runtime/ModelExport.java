package relata.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import relata.api.component.Parts;
import relata.api.evaluate.RelationModel;
import relata.api.learn.Engine;
import relata.api.learn.GraphEngine;
import relata.api.run.Recipes;
import relata.api.run.Workbench;

/** Writes a trained model as ONNX, beside, compares its answers with those of the engine, and only then gives it its name. */
final class ModelExport {
    /** What a stranger reads first: inputs, results, labels, an example, where the model comes from. */
    static final String DESCRIPTION = "model.json";

    /** Weights that the ONNX file has. */
    private static final List<String> WEIGHTS = List.of(".safetensors", ".bin", ".safetensors.index.json", ".onnx");

    private final Engine engine;
    private final GraphEngine graphs;
    private final Recipes recipes;
    private final Parts parts;

    ModelExport(Engine engine, GraphEngine graphs, Recipes recipes, Parts parts) {
        this.engine = engine;
        this.graphs = graphs;
        this.recipes = recipes;
        this.parts = parts;
    }

    /** @param folder a model folder @param to as {@link Workbench#export} takes it */
    Workbench.Exported write(Path folder, Optional<Path> to, boolean int8, int compared) throws Exception {
        Path target = to.orElse(folder.resolve(ExportedModel.FOLDER)).toAbsolutePath();
        boolean file = to.isPresent() && target.getFileName().toString().endsWith(".onnx");
        check(target, file, folder);
        try (RelationModel opened = OpenModel.open(engine, recipes, parts, folder)) {
            if (!(opened instanceof OpenModel model))
                throw new IOException("the model in " + folder + " is a classifier fitted on the vectors of an encoder (stage 'classify'), which is not written as ONNX. What can be: models of stages 'train' with the encoder 'transformer' and a classifier of the objective 'cross-entropy'");
            Workbench.Exported[] done = new Workbench.Exported[1];
            Path whole = file ? target.resolveSibling("." + target.getFileName() + ".parts") : target;
            if (!file) Folders.recover(whole);
            try {
                Folders.replace(whole, beside -> {
                    fill(beside, folder, model, int8);
                    done[0] = compare(beside, folder, model, int8, compared, file ? target : target.resolve(ExportedModel.FILE));
                });
                if (file) spread(whole, target);
            } finally {
                if (file) Folders.delete(whole);
            }
            return done[0];
        }
    }

    /** Before minutes are spent: that the place is free, or has what an earlier export wrote. */
    private static void check(Path target, boolean file, Path folder) throws IOException {
        Path parent = target.getParent();
        if (parent == null || !Files.isDirectory(parent)) throw new IOException("there is no folder " + parent + " to write " + target.getFileName() + " into");
        if (file && Files.isDirectory(target)) throw new IOException(target + " is a folder; name a file, or a folder whose name does not end in .onnx");
        if (!file && Files.exists(target) && !Files.isDirectory(target)) throw new IOException(target + " is a file; name a folder, or a file whose name ends in .onnx");
        if (file || !Files.isDirectory(target)) return;
        if (target.equals(folder.toAbsolutePath())) throw new IOException(target + " is the model itself; name another folder, or none, to write into its folder " + ExportedModel.FOLDER);
        try (Stream<Path> list = Files.list(target)) {
            if (list.findAny().isPresent() && !Files.isRegularFile(target.resolve(DESCRIPTION))) throw new IOException(target + " holds other files, which would be lost; name a new folder");
        }
    }

    private void fill(Path beside, Path folder, OpenModel model, boolean int8) throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.filter(Files::isRegularFile).filter(f -> WEIGHTS.stream().noneMatch(f.getFileName().toString()::endsWith)).toList();
        }
        for (Path file : files) Files.copy(file, beside.resolve(file.getFileName().toString()));
        ModelDescription description = new ModelDescription(ModelCard.read(folder), int8);
        Map<String, String> properties = new LinkedHashMap<>(description.properties());
        try {
            engine.call(() -> {
                graphs.write(beside.resolve(ExportedModel.FILE), int8, properties, graph -> model.draw(description.listening(graph)));
                return null;
            });
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(Words.of(e), e);
        }
        try (ExportedModel exported = ExportedModel.open(graphs, recipes, parts, beside)) {
            description.write(beside.resolve(DESCRIPTION), exported);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(Words.of(e), e);
        }
    }

    private Workbench.Exported compare(Path beside, Path folder, OpenModel model, boolean int8, int compared, Path file) throws IOException {
        Agreement.Questions questions = Agreement.questions(recipes, parts, folder, compared);
        try (ExportedModel exported = ExportedModel.open(graphs, recipes, parts, beside)) {
            Agreement agreement = Agreement.of(model, exported, questions);
            agreement.check(int8);
            return new Workbench.Exported(file, Files.size(beside.resolve(ExportedModel.FILE)), questions.source(), agreement.questions(), agreement.difference(), agreement.share(), agreement.before(), agreement.after());
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(Words.of(e), e);
        }
    }

    /** The model under the file's name, and beside it, under names that begin alike, what one must have to use it. The model comes last. */
    private static void spread(Path whole, Path file) throws IOException {
        String name = file.getFileName().toString(), stem = name.substring(0, name.length() - ".onnx".length());
        Files.move(whole.resolve(DESCRIPTION), file.resolveSibling(stem + ".json"), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        if (Files.exists(whole.resolve("tokenizer.json")))
            Files.move(whole.resolve("tokenizer.json"), file.resolveSibling(stem + ".tokenizer.json"), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        Files.move(whole.resolve(ExportedModel.FILE), file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
