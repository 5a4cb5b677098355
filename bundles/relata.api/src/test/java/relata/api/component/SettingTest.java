package relata.api.component;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import relata.api.view.Augmenter;
import relata.api.view.Bond;

class SettingTest {
    record Inner(@Doc("Deep.") @Default("[]") List<Integer> sizes) {}

    record Config(
            @Doc("How many.") @Range("[1, inf)") int count,
            @Default("0.5") double share,
            Optional<Path> file,
            @Default("positive") Bond bond,
            @SplitName String split,
            @FromStage({"encoder", "model"}) Optional<String> from,
            @Default("[]") List<Ref<Augmenter>> views,
            Map<String, List<String>> columns,
            Optional<Inner> best,
            boolean flag) {}

    @Test
    void settingsAreWords() {
        assertEquals(
                List.of(
                        new Setting("count", "whole number", true, "", "[1, inf)", "How many."),
                        new Setting("share", "number", false, "0.5", "", ""),
                        new Setting("file", "path", false, "", "", ""),
                        new Setting("bond", "positive | negative | ignored", false, "positive", "", ""),
                        new Setting("split", "split", true, "", "", ""),
                        new Setting("from", "stage that gives encoder or model", false, "", "", ""),
                        new Setting("views", "list of augmenter", false, "[]", "", ""),
                        new Setting("columns", "map to list of text", true, "", "", ""),
                        new Setting("best", "settings", false, "", "", ""),
                        new Setting("best.sizes", "list of whole number", false, "[]", "", "Deep."),
                        new Setting("flag", "true or false", true, "", "", "")),
                Setting.of(Config.class));
    }
}
