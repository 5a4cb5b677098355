package relata.encode.cnn;

/** What the settings of both encoders say of themselves. */
final class Docs {
    static final String VECTORS = "text file of word vectors to start from, as of GloVe or word2vec: a word and its numbers a line";
    static final String WORD_SIZE = "numbers in a word vector; as many as those of the file, if there is one";
    static final String POSITION_SIZE = "numbers in the vector of a distance; each word has one to the head and one to the tail";
    static final String MAX_DISTANCE = "distance in words from which all farther words count alike";
    static final String WIDTHS = "numbers of words that a window spans, each with filters of its own";
    static final String FILTERS = "filters of each width";
    static final String MIN_COUNT = "words that the training examples have less often, and no vectors are given for, are read as unknown";
    static final String LOWERCASE = "whether capitals are read as small letters";
    static final String FORMAT = "how the entities are shown beside the distances: plain (not at all), or as the transformer's formats show them";
    static final String MAX_LENGTH = "largest number of words; longer passages are cut around and between the entities";

    private Docs() {}
}
