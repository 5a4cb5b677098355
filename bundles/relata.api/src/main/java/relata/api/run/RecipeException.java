package relata.api.run;

import java.util.List;

/** A recipe has mistakes: all of them. */
public class RecipeException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Mistake> mistakes;

    /**
     * @param source the file, or another name of where the recipe comes from
     * @param mistakes at least one
     */
    public RecipeException(String source, List<Mistake> mistakes) {
        super(text(source, mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** All mistakes, in the order of the file. */
    public List<Mistake> mistakes() {
        return mistakes;
    }

    private static String text(String source, List<Mistake> mistakes) {
        StringBuilder text = new StringBuilder(source).append(mistakes.size() == 1 ? " has a mistake:" : " has " + mistakes.size() + " mistakes:");
        for (Mistake m : mistakes)
            text.append("\n  ").append(m.line() > 0 ? "line " + m.line() + "  " : m.line() == 0 ? "-D  " : "").append(m.path()).append(m.path().isEmpty() ? "" : ": ").append(m.message());
        return text.toString();
    }
}
