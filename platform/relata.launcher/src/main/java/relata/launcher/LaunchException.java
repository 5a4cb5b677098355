package relata.launcher;

/** The platform cannot be started; the message is for people. */
public final class LaunchException extends Exception {
    private static final long serialVersionUID = 1;

    LaunchException(String message) {
        super(message);
    }
}
