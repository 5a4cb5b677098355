package relata.encode.transformer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.api.learn.Collated;
import relata.api.learn.Encoder;
import relata.api.learn.Step;

/** The same weights in ONNX Runtime give the same token states. */
final class OnnxRuntimeAgreementTest {
    private static final List<String> SENTENCES = List.of(
            "Sparrows", "Rivers flow", "Green tea cools", "The kinase phosphorylates it .", "Copper conducts heat well , iron less .",
            "A violin has four strings and a bow .", "Oslo lies at the northern end of its fjord .", "Penicillin stops many bacteria from building their walls .",
            "Glaciers carve valleys while they creep downhill year after year .", "Wheat , rye and barley are grasses that people have sown for ages .",
            "Cache lines are sixty-four bytes long on the machines that we measured .", "Nobody had expected the bridge to swing , but it did so at once .",
            "When the tide turns , boats in the harbour all point the other way within minutes .", "Basalt columns form where thick lava cools slowly and shrinks into regular shapes .",
            "An oboe gives the A to which the strings , the brass and the woodwinds tune .", "Moths found in that valley have darker wings than those which live on the open plain .",
            "Insulin lowers blood sugar because muscle and fat cells take up glucose when it binds to them .", "Two mirrors that face each other show a corridor which bends away and fades into green .",
            "The museum keeps its oldest maps in flat drawers so that neither light nor folding can harm their ink .",
            "Tunnels under the mountain shorten the way between both towns by an hour , though they cost more than was planned .",
            "Naïve façade-builders in Zürich re-used 1,250 bricks ; co-workers (unlike them) didn't mind , e.g. when the ε-value of α2-macroglobulin was ≥ 3.5 %",
            "Since the bells were cast from one batch of bronze they ring together without beating , which is rare , and on calm evenings farmers on the far side of the lake hear them well .");

    /** ONNX Runtime removes the libraries that it unpacked when the process ends, but not their folder. */
    @AfterAll
    static void removeWhatTheRuntimeUnpacked() throws IOException {
        Set<Path> libraries = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/maps")))
            if (line.contains("/onnxruntime-java")) libraries.add(Path.of(line.substring(line.indexOf('/')).replace(" (deleted)", "")));
        for (Path library : libraries) {
            Path folder = library.getParent();
            if (!Files.isDirectory(folder)) continue;
            List<Path> files;
            try (Stream<Path> list = Files.list(folder)) {
                files = list.toList();
            }
            // what is in use stays in memory
            for (Path file : files) Files.delete(file);
            Files.delete(folder);
        }
    }

    @Test
    void miniLm(@TempDir Path folder) throws Exception {
        compare(Models.miniLm(folder));
    }

    @Test
    void bgeSmall(@TempDir Path folder) throws Exception {
        compare(Models.bge(folder));
    }

    private static void compare(Path folder) throws Exception {
        double difference = Models.ENGINE.call(() -> {
            try (NDManager parameters = Models.ENGINE.newManager(); NDManager step = parameters.newSubManager()) {
                Encoder encoder = Models.load(folder, parameters, Map.of("format", "plain"));
                Collated batch = encoder.collate(SENTENCES.stream().map(Models::sentence).toList());
                assertEquals(SENTENCES.size(), batch.field("ids").shape()[0]);
                assertTrue(batch.length() > 30, "long and short sentences in one batch");
                float[] ours = encoder.encode(batch, new Step(Models.ENGINE, step, false)).tokens().orElseThrow().toFloatArray();
                float[] theirs = onnxRuntime(folder.resolve("model.onnx"), batch);
                assertEquals(theirs.length, ours.length);
                long[] mask = batch.field("mask").values();
                int hidden = ours.length / mask.length;
                double max = 0;
                for (int i = 0; i < ours.length; i++) if (mask[i / hidden] == 1) max = Math.max(max, Math.abs(ours[i] - theirs[i]));
                return max;
            }
        });
        assertTrue(difference < 1e-4, "largest difference of a token state: " + difference);
    }

    private static float[] onnxRuntime(Path model, Collated batch) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions(); OrtSession session = environment.createSession(model.toString(), options)) {
            long[] ids = batch.field("ids").values(), shape = batch.field("ids").shape();
            Map<String, OnnxTensor> inputs = new HashMap<>();
            inputs.put("input_ids", OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape));
            inputs.put("attention_mask", OnnxTensor.createTensor(environment, LongBuffer.wrap(batch.field("mask").values()), shape));
            inputs.put("token_type_ids", OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]), shape));
            String states = session.getOutputInfo().values().stream().filter(o -> ((TensorInfo) o.getInfo()).getShape().length == 3).findFirst().orElseThrow().getName();
            try (OrtSession.Result result = session.run(inputs)) {
                float[] values = new float[ids.length * 384];
                ((OnnxTensor) result.get(states).orElseThrow()).getFloatBuffer().get(values);
                return values;
            } finally {
                inputs.values().forEach(OnnxTensor::close);
            }
        }
    }
}
