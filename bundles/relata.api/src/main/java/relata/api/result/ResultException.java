package relata.api.result;

/** There is no table of what was asked for; the message is for people. */
public final class ResultException extends Exception {
    private static final long serialVersionUID = 1;
    private final boolean wrongRequest;

    /** @param wrongRequest see {@link #wrongRequest()} */
    public ResultException(String message, boolean wrongRequest) {
        super(message);
        this.wrongRequest = wrongRequest;
    }

    /** True if the request names what there is not; false if the runs have nothing to show. */
    public boolean wrongRequest() {
        return wrongRequest;
    }
}
