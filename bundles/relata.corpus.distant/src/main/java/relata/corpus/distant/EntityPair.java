package relata.corpus.distant;

/** Two entities by what identifies them across passages, head first. */
record EntityPair(String head, String tail) {
    /** The other way round. */
    EntityPair turned() {
        return new EntityPair(tail, head);
    }
}
