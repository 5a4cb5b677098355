package relata.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import relata.platform.tests.MemoryTrend.Look;

class MemoryTrendTest {
    private static double slope(double[] resident) {
        MemoryTrend trend = new MemoryTrend();
        for (double r : resident) trend.add(new Look(r, 0, 0));
        return trend.slope(Look::resident);
    }

    @Test
    void whatGrowsAtEachLookIsASlope() {
        double[] steady = new double[200];
        for (int i = 0; i < steady.length; i++) steady[i] = 900 + 0.5 * i + (i % 3);
        assertEquals(0.5, slope(steady), 0.01);
    }

    @Test
    void theBeginningAndASingleJumpAreNone() {
        double[] jump = new double[200];
        for (int i = 0; i < jump.length; i++) jump[i] = i < 100 ? 9 * i : i < 185 ? 900 + i % 5 : 964 + i % 5;
        assertEquals(0, slope(jump), 0.3);
        double[] noise = new double[200];
        for (int i = 0; i < noise.length; i++) noise[i] = 900 + 7 * (i * 31 % 11);
        assertEquals(0, slope(noise), 0.05);
    }
}
