package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import relata.api.component.ComponentProvider;
import relata.api.component.Default;
import relata.api.component.Doc;
import relata.api.component.Kind;
import relata.api.component.Source;

/**
 * What holds for the provider of any part: it has a name, documents itself and each of its settings, and its defaults fit.
 *
 * <p>How a part does in its contract is noted among the classes that are tested, in {@code META-INF/relata/contracts}, and packed with them; {@code relata describe} tells it.
 *
 * @param <T> the kind of part
 * @param <C> the record of its settings
 */
@ExtendWith(ContractRecorder.class)
public interface ProviderContract<T, C extends Record> {
    /** The provider under test; a new one each time. */
    ComponentProvider<T, C> provider();

    /** Values for the settings that have no default, and for others as wanted; as {@link Settings} takes them. */
    default Map<String, ?> settings() {
        return Map.of();
    }

    /** The parts that the settings refer to. */
    default TestParts parts() {
        return TestParts.of();
    }

    /** A new part with {@link #settings()}. */
    default T part() {
        return parts().create(provider(), settings());
    }

    @Test
    default void hasANameInLowerCaseWithHyphens() {
        String name = TestParts.name(provider());
        assertTrue(name.matches("[a-z0-9]+(-[a-z0-9]+)*"), () -> provider().getClass() + " must carry @ComponentName with a name like 'nt-xent', but has '" + name + "'");
    }

    @Test
    default void namesItsKind() {
        Optional<Class<?>> kind = TestParts.kind(provider());
        assertTrue(kind.isPresent() && kind.get().isAnnotationPresent(Kind.class), () -> provider().getClass()
                + " must implement ComponentProvider<KIND, CONFIG> itself, KIND being an interface with @Kind, but has " + kind);
    }

    @Test
    default void documentsItselfAndItsSettings() {
        Class<?> type = provider().getClass();
        List<Executable> checks = new ArrayList<>();
        checks.add(() -> assertSentence(type.getAnnotation(Doc.class), type.getName()));
        checks.add(() -> assertNotNull(type.getAnnotation(Source.class), type.getName() + " must say with @Source where it comes from (an empty text if it is your own)"));
        for (RecordComponent c : provider().configType().getRecordComponents())
            checks.add(() -> assertSentence(c.getAnnotation(Doc.class), type.getSimpleName() + "'s setting " + c.getName()));
        assertAll(checks);
    }

    @Test
    default void itsDefaultsFit() {
        C config = Settings.of(provider().configType(), settings(), parts());
        assertEquals(config, Settings.of(provider().configType(), settings(), parts()), "the same settings must make equal records");
        for (RecordComponent c : provider().configType().getRecordComponents())
            if (c.getType() == Optional.class && c.isAnnotationPresent(Default.class)) fail(c.getName() + " is Optional: leave its @Default away");
    }

    @Test
    default void makesPartsOfItsKind() {
        T part = part();
        Class<?> kind = TestParts.kind(provider()).orElseThrow();
        assertTrue(kind.isInstance(part), () -> "create() must make a " + kind.getSimpleName() + ", but made " + part);
    }

    private static void assertSentence(@Nullable Doc doc, String what) {
        assertTrue(doc != null && doc.value().strip().length() >= 3, () -> what + " must say in one sentence what it is (@Doc)");
    }
}
