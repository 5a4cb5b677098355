package relata.corpus.biomedical;

import relata.api.component.Doc;

/** The types of two entities that are asked about. */
public record TypePair(
        @Doc("The head's type, as the files write it.") String head,
        @Doc("The tail's type.") String tail) {}
