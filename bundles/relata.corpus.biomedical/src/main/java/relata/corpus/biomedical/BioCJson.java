package relata.corpus.biomedical;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.corpus.text.Json;
import relata.corpus.text.Place;

/** BioC in JSON: the same names, lists in the plural. */
final class BioCJson {
    private final Json json;

    private BioCJson(Json json) {
        this.json = json;
    }

    /** Reads a collection. @return how many documents it has */
    static int read(Json json, BioCDrafts drafts) throws IOException {
        BioCJson reader = new BioCJson(json);
        int[] count = new int[1];
        json.object(List.of("documents"), List.of(), key -> count[0] = json.array(() -> reader.document(drafts)).size());
        return count[0];
    }

    private boolean document(BioCDrafts drafts) throws IOException {
        Place at = json.here();
        String[] id = {""};
        List<BioCDrafts.Piece> passages = new ArrayList<>();
        List<BioCDrafts.Relation> relations = new ArrayList<>();
        json.object(List.of("id", "passages"), List.of("relations"), key -> {
            switch (key) {
                case "id" -> id[0] = word();
                case "passages" -> passages.addAll(json.array(this::piece));
                default -> relations.addAll(json.array(this::relation));
            }
        });
        drafts.document(at, id[0], passages, relations);
        return true;
    }

    private BioCDrafts.Piece piece() throws IOException {
        Place at = json.here();
        int[] offset = new int[1];
        List<Optional<String>> text = new ArrayList<>(List.of(Optional.empty()));
        List<BioCDrafts.Piece> sentences = new ArrayList<>();
        List<BioCDrafts.Annotation> annotations = new ArrayList<>();
        List<BioCDrafts.Relation> relations = new ArrayList<>();
        json.object(List.of("offset"), List.of("text", "sentences", "annotations", "relations"), key -> {
            switch (key) {
                case "offset" -> offset[0] = number();
                case "text" -> text.set(0, Optional.of(json.text()));
                case "sentences" -> sentences.addAll(json.array(this::piece));
                case "annotations" -> annotations.addAll(json.array(this::annotation));
                default -> relations.addAll(json.array(this::relation));
            }
        });
        for (BioCDrafts.Piece s : sentences) if (!s.sentences().isEmpty()) throw s.at().error("is a sentence that has sentences");
        return new BioCDrafts.Piece(at, offset[0], text.get(0), sentences, annotations, relations);
    }

    private BioCDrafts.Annotation annotation() throws IOException {
        Place at = json.here();
        String[] id = {""};
        List<Optional<String>> text = new ArrayList<>(List.of(Optional.empty()));
        Map<String, String> infons = new LinkedHashMap<>();
        List<int[]> locations = new ArrayList<>();
        json.object(List.of("locations"), List.of("id", "infons", "text"), key -> {
            switch (key) {
                case "id" -> id[0] = word();
                case "infons" -> infons(infons);
                case "text" -> text.set(0, Optional.of(json.text()));
                default -> locations.addAll(json.array(this::location));
            }
        });
        return new BioCDrafts.Annotation(at, id[0], infons, locations, text.get(0));
    }

    private int[] location() throws IOException {
        int[] location = new int[2];
        json.object(List.of("offset", "length"), List.of(), key -> location[key.equals("offset") ? 0 : 1] = number());
        return location;
    }

    private BioCDrafts.Relation relation() throws IOException {
        Place at = json.here();
        String[] id = {""};
        Map<String, String> infons = new LinkedHashMap<>();
        List<BioCDrafts.Node> nodes = new ArrayList<>();
        json.object(List.of("nodes"), List.of("id", "infons"), key -> {
            switch (key) {
                case "id" -> id[0] = word();
                case "infons" -> infons(infons);
                default -> nodes.addAll(json.array(this::node));
            }
        });
        return new BioCDrafts.Relation(at, id[0], infons, nodes);
    }

    private BioCDrafts.Node node() throws IOException {
        Place at = json.here();
        String[] node = {"", ""};
        json.object(List.of("refid"), List.of("role"), key -> node[key.equals("refid") ? 0 : 1] = word());
        return new BioCDrafts.Node(at, node[0], node[1]);
    }

    /** Infons that are no text say nothing about types and labels. */
    private void infons(Map<String, String> infons) throws IOException {
        json.map(key -> {
            if (json.isText()) infons.put(key, json.text().strip());
            else json.skip();
        });
    }

    /** A text, or a number that is meant as one. */
    private String word() throws IOException {
        return json.isNumber() ? String.valueOf(json.number()) : json.text();
    }

    private int number() throws IOException {
        int number = json.number();
        if (number < 0) throw json.error(json.previous(), "was " + number + " but must be a whole number from 0");
        return number;
    }
}
