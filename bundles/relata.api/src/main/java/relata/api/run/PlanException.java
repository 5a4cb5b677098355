package relata.api.run;

/** Several runs of one recipe cannot be planned as somebody asked; the message is for people, and names what was asked as the command line does: {@code --seeds}, {@code --vary}. */
public class PlanException extends Exception {
    private static final long serialVersionUID = 1;

    /** @param message what was given, and what would do */
    public PlanException(String message) {
        super(message);
    }
}
