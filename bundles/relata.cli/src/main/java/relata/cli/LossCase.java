package relata.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.List;

/**
 * Vectors in groups, to try a loss on: {@code {"embeddings": [[1, 0], ...], "groups": [0, ...], "similarity": "cosine"}}.
 *
 * @param embeddings (R, P)
 * @param groups R group numbers
 * @param similarity the name of the similarity
 */
record LossCase(double[][] embeddings, int[] groups, String similarity) {
    private static final List<String> KEYS = List.of("embeddings", "groups", "similarity");

    /** Reads a case. @param where what the text is called in messages */
    static LossCase parse(String where, String text) throws Failure {
        JsonObject object;
        try {
            if (!(JsonParser.parseString(text) instanceof JsonObject read)) throw wrong(where, "must be an object with 'embeddings' and 'groups'");
            object = read;
        } catch (JsonParseException e) {
            throw wrong(where, "is not JSON, or cut off");
        }
        for (String key : object.keySet()) if (!KEYS.contains(key)) throw wrong(where, "has the key '" + key + "'; known are " + String.join(", ", KEYS));
        double[][] embeddings = embeddings(where, array(where, object, "embeddings"));
        int[] groups = groups(where, array(where, object, "groups"));
        if (groups.length != embeddings.length) throw wrong(where, "has " + embeddings.length + " embeddings but " + groups.length + " groups");
        JsonElement similarity = object.get("similarity");
        if (similarity != null && !(similarity.isJsonPrimitive() && similarity.getAsJsonPrimitive().isString())) throw wrong(where, "'similarity' must be the name of a similarity");
        return new LossCase(embeddings, groups, similarity == null ? "cosine" : similarity.getAsString());
    }

    private static double[][] embeddings(String where, JsonArray rows) throws Failure {
        if (rows.isEmpty()) throw wrong(where, "'embeddings' is empty");
        double[][] matrix = new double[rows.size()][];
        for (int r = 0; r < matrix.length; r++) {
            if (!(rows.get(r) instanceof JsonArray row)) throw wrong(where, "embeddings[" + r + "] must be a list of numbers");
            matrix[r] = new double[row.size()];
            if (row.isEmpty()) throw wrong(where, "embeddings[" + r + "] is empty");
            if (row.size() != matrix[0].length) throw wrong(where, "embeddings[" + r + "] has " + row.size() + " numbers, embeddings[0] has " + matrix[0].length);
            for (int d = 0; d < row.size(); d++) matrix[r][d] = number(where, row.get(d), "embeddings[" + r + "][" + d + "]");
        }
        return matrix;
    }

    private static int[] groups(String where, JsonArray values) throws Failure {
        int[] groups = new int[values.size()];
        for (int i = 0; i < groups.length; i++) {
            double group = number(where, values.get(i), "groups[" + i + "]");
            if (group != Math.rint(group) || Math.abs(group) > Integer.MAX_VALUE) throw wrong(where, "groups[" + i + "] was " + values.get(i) + " but must be a whole number");
            groups[i] = (int) group;
        }
        return groups;
    }

    private static double number(String where, JsonElement value, String path) throws Failure {
        boolean number = value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
        double x = number ? value.getAsDouble() : Double.NaN;
        // tensors are of 32 bits, in which a larger number is infinite
        if (!Float.isFinite((float) x)) throw wrong(where, path + " was " + value + " but must be a finite number of 32 bits, at most 3.4e38");
        return x;
    }

    private static JsonArray array(String where, JsonObject object, String key) throws Failure {
        if (object.get(key) instanceof JsonArray array) return array;
        throw wrong(where, "needs a list '" + key + "'");
    }

    private static Failure wrong(String where, String what) {
        return Failure.wrongUse(where + " " + what);
    }
}
