package relata.console.rest;

import java.util.List;
import relata.api.run.Mistake;
import relata.api.run.RecipeException;

/** A request is not answered as it was meant; says so with a status of HTTP and a sentence for people. Without a stack trace, since a server that has too much to do gives many. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1;
    private static final int UNPROCESSABLE = 422;

    private final int status;
    private final String code;
    private final transient List<String> details;
    private final transient List<Mistake> mistakes;

    /**
     * @param status of HTTP
     * @param code the same for the same trouble, for programs, e.g. {@code no-such-run}
     * @param message a sentence
     * @param details more sentences, e.g. all mistakes of a recipe
     */
    public Refusal(int status, String code, String message, List<String> details) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.details = List.copyOf(details);
        this.mistakes = List.of();
    }

    /** A recipe has mistakes: status 422. */
    public Refusal(RecipeException recipe) {
        super(recipe.getMessage() == null ? "The recipe has mistakes." : recipe.getMessage().lines().findFirst().orElse(""), null, false, false);
        this.status = UNPROCESSABLE;
        this.code = "recipe-mistakes";
        this.details = recipe.getMessage() == null ? List.of() : recipe.getMessage().lines().skip(1).map(String::strip).toList();
        this.mistakes = recipe.mistakes();
    }

    /** Without details. */
    public Refusal(int status, String code, String message) {
        this(status, code, message, List.of());
    }

    /** The status of HTTP. */
    public int status() {
        return status;
    }

    /** The word for programs. */
    public String code() {
        return code;
    }

    /** More sentences; often none. */
    public List<String> details() {
        return details;
    }

    /** The body of the answer. */
    public Body body() {
        return new Body(new Said(status, code, String.valueOf(getMessage()), details, mistakes));
    }

    /** What goes out: {@code {"error": {...}}}. */
    public record Body(Said error) {}

    /** See {@link Refusal#Refusal(int, String, String, List)}. @param mistakes those of a recipe; else none */
    public record Said(int status, String code, String message, List<String> details, List<Mistake> mistakes) {}
}
