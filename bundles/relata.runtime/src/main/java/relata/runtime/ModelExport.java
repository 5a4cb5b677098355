package relata.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        ExportPlace place = ExportPlace.of(folder, to);
        // before they are read: whoever replaces them meanwhile gets no export of the ones under the name of the others
        Optional<String> weights = Fingerprint.of(folder);
        try (RelationModel opened = OpenModel.open(engine, recipes, parts, folder)) {
            if (!(opened instanceof OpenModel model))
                throw new IOException("the model in " + folder + " is a classifier fitted on the vectors of an encoder (stage 'classify'), which is not written as ONNX. What can be: models of stages 'train' with the encoder 'transformer' and a classifier of the objective 'cross-entropy'");
            return place.write(beside -> {
                ModelDescription description = new ModelDescription(ModelCard.read(folder), int8, weights);
                try {
                    fill(beside, folder, model, int8, description);
                } catch (IOException e) {
                    throw Words.cannotWrite(place.file(), e);
                }
                try (ExportedModel exported = ExportedModel.open(graphs, recipes, parts, beside, folder)) {
                    description.write(beside.resolve(DESCRIPTION), exported);
                    Agreement.Questions questions = Agreement.questions(recipes, parts, folder, compared);
                    Agreement agreement = Agreement.of(model, exported, questions);
                    agreement.check(int8);
                    return new Workbench.Exported(place.file(), Files.size(beside.resolve(ExportedModel.FILE)), questions.source(), agreement.questions(), agreement.difference(), agreement.share(), agreement.before(), agreement.after());
                }
            });
        }
    }

    private void fill(Path beside, Path folder, OpenModel model, boolean int8, ModelDescription description) throws Exception {
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.filter(Files::isRegularFile).filter(f -> !Fingerprint.isWeights(f) && !f.getFileName().toString().endsWith(".onnx")).toList();
        }
        for (Path file : files) Files.copy(file, beside.resolve(file.getFileName().toString()));
        engine.call(() -> {
            graphs.write(beside.resolve(ExportedModel.FILE), int8, description.properties(), graph -> model.draw(description.listening(graph)));
            return null;
        });
    }
}
