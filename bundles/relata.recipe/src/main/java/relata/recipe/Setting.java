package relata.recipe;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.FromStage;
import relata.api.component.Range;

/**
 * One component of a settings record, as its annotations describe it.
 *
 * @param name its key in YAML
 * @param type its full type
 * @param standard the YAML text of its default
 * @param range what a number, or each number of a list, must lie in
 * @param outputs the outputs that it accepts if it names a stage, else none
 * @param doc what it does, or empty
 */
record Setting(String name, Type type, Optional<String> standard, Optional<Interval> range, List<String> outputs, String doc) {
    /** The settings of a record, in order. */
    static List<Setting> of(Class<? extends Record> record) {
        return Arrays.stream(record.getRecordComponents()).map(Setting::of).toList();
    }

    private static Setting of(RecordComponent component) {
        return new Setting(component.getName(), component.getGenericType(),
                Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value),
                Optional.ofNullable(component.getAnnotation(Range.class)).map(r -> Interval.of(r.value())),
                Optional.ofNullable(component.getAnnotation(FromStage.class)).map(f -> List.of(f.value())).orElse(List.of()),
                Optional.ofNullable(component.getAnnotation(Doc.class)).map(Doc::value).orElse(""));
    }
}
