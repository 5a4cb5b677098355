package relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import relata.api.run.Progress;

class RunLogTest {
    private final StringWriter written = new StringWriter();
    private long now;

    private String bars(int columns, String stage) {
        RunLog log = new RunLog(new PrintWriter(written), new Terminal(true, false, columns), () -> now);
        for (int done = 0; done <= 1234; done += 17) {
            now += 2_100_000_000L;
            log.progress("run", stage, new Progress("epoch 10 of 12", done, 1234, "batches", "loss 0.9638"));
        }
        return written.toString();
    }

    @Test
    void aBarFitsOnOneLineOfTheTerminal() {
        for (int columns : new int[] {20, 40, 80, 120})
            for (String stage : new String[] {"pretrain", "a-stage-with-a-long-name"})
                for (String bar : bars(columns, stage).split("\r")) assertTrue(bar.stripTrailing().length() < columns, columns + " columns: " + bar);
    }

    @Test
    void allIsShownWhereThereIsRoom() {
        String[] bars = bars(120, "pretrain").split("\r");
        assertEquals("pretrain [#######.................] epoch 10 of 12, 374/1234 batches, 8.1 batches/s, 1:46 left, loss 0.9638", bars[23].stripTrailing());
        written.getBuffer().setLength(0);
        String[] narrow = bars(80, "pretrain").split("\r");
        assertEquals("pretrain [#...] epoch 10 of 12, 374/1234, 8.1 batches/s, 1:46 left, loss 0.9638", narrow[23].stripTrailing());
    }

    @Test
    void aWidthThatIsNoneIsTheUsualOne() {
        assertEquals(132, Terminal.columns("132"));
        for (String odd : new String[] {"", "0", "-5", "wide", "99999999999"}) assertEquals(80, Terminal.columns(odd), odd);
    }
}
