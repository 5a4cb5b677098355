package relata.cli;

/** A command cannot do what it was asked to; the message is for people. */
final class Failure extends Exception {
    /** Exit code of a command that failed. */
    static final int FAILED = 1;
    /** Exit code of a command that was used wrongly. */
    static final int WRONG_USE = 2;

    private static final long serialVersionUID = 1;
    private final int code;

    private Failure(int code, String message) {
        super(message);
        this.code = code;
    }

    /** Something did not work. */
    static Failure failed(String message) {
        return new Failure(FAILED, message);
    }

    /** The user asked for something that there is not. */
    static Failure wrongUse(String message) {
        return new Failure(WRONG_USE, message);
    }

    int code() {
        return code;
    }
}
