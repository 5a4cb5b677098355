package relata.api.view;

import java.util.List;

/**
 * One pair of one view: what a row of the relation vectors stands for.
 *
 * @param view the view
 * @param pair index into its pairs
 */
public record Instance(View view, int pair) {
    /** The pair's gold labels; empty if unknown. */
    public List<String> relations() {
        return view.pairs().get(pair).relations();
    }
}
