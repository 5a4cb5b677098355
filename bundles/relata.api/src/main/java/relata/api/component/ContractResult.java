package relata.api.component;

/**
 * How a part did in the contract of its kind when its bundle was built.
 *
 * @param contract the contract, e.g. {@code LossContract}
 * @param checks how many of its checks were made; those that do not apply to the part are not counted
 * @param failed how many of them failed
 * @param testkit version of the testkit that the contract is of
 */
public record ContractResult(String contract, int checks, int failed, String testkit) {
    /** True if no check failed. */
    public boolean passed() {
        return failed == 0;
    }
}
