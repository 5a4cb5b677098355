package relata.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/**
 * Runs contracts on parts that are wrong on purpose, to show that the contracts catch them.
 *
 * <p>A contract is an object whose {@code @Test} methods (its own, inherited, and defaults of interfaces; without parameters, or with one
 * {@code Path} for a temporary folder) are called one by one, with its {@code @BeforeEach} and {@code @AfterEach} methods around each.
 */
final class Mutants {
    /** What became of the mutants that were shown to a contract. */
    private static final class Tally {
        int shown;
        int caught;
        /** The contract's tests, and those that a mutant made fail. */
        final Set<String> tests = new TreeSet<>(), proved = new TreeSet<>();
    }

    /** By the contract's name. */
    private static final SortedMap<String, Tally> TALLIES = new TreeMap<>();

    private Mutants() {}

    /** Asserts that all mutants shown to a contract so far were caught and that each of its tests caught one, and prints how many. For {@code @AfterAll}. */
    static void assertAllCaught(Class<?> contract) {
        Tally tally = TALLIES.getOrDefault(contract.getSimpleName(), new Tally());
        Set<String> idle = new TreeSet<>(tally.tests);
        idle.removeAll(tally.proved);
        System.out.println(contract.getSimpleName() + ": " + tally.caught + " of " + tally.shown + " mutants caught, by " + tally.proved.size() + " of " + tally.tests.size() + " tests");
        assertTrue(tally.shown > 0, "no mutant was shown to " + contract.getSimpleName());
        assertEquals(tally.shown, tally.caught, "mutants of " + contract.getSimpleName() + " that were caught");
        assertEquals(Set.of(), idle, "tests of " + contract.getSimpleName() + " that no mutant makes fail");
    }

    /** The contract of testkit that a test extends or implements. */
    private static Class<?> contract(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            if (Modifier.isAbstract(c.getModifiers()) && c.getSimpleName().endsWith("Contract")) return c;
            for (Class<?> face : c.getInterfaces()) if (face.getSimpleName().endsWith("Contract")) return face;
        }
        return type;
    }

    /** The tests that fail, by name, with what they threw. Aborted assumptions do not count. */
    static SortedMap<String, Throwable> failures(Object contract) {
        List<Method> tests = methods(contract, Test.class);
        assertTrue(!tests.isEmpty(), contract.getClass() + " has no tests");
        SortedMap<String, Throwable> failures = new TreeMap<>();
        for (Method test : tests) {
            try {
                for (Method before : methods(contract, BeforeEach.class)) call(contract, before);
                try {
                    call(contract, test);
                } finally {
                    for (Method after : methods(contract, AfterEach.class)) call(contract, after);
                }
            } catch (TestAbortedException skipped) {
                continue;
            } catch (Throwable failure) {
                failures.put(test.getName(), failure);
            }
        }
        return failures;
    }

    /** Asserts that the contract finds nothing: what it is shown is right. */
    static void assertPasses(Object contract) {
        SortedMap<String, Throwable> failures = failures(contract);
        if (failures.isEmpty()) return;
        AssertionError error = new AssertionError("the contract should pass, but failed: " + failures.keySet());
        failures.values().forEach(error::addSuppressed);
        throw error;
    }

    /** Asserts that the contract fails, and in these tests among others; without names, in any. */
    static void assertCaught(Object contract, String... tests) {
        Class<?> type = contract(contract.getClass());
        Tally tally = TALLIES.computeIfAbsent(type.getSimpleName(), name -> new Tally());
        tally.shown++;
        for (Method test : type.getDeclaredMethods()) if (test.isAnnotationPresent(Test.class)) tally.tests.add(test.getName());
        SortedMap<String, Throwable> failures = failures(contract);
        Set<String> missed = new TreeSet<>(Arrays.asList(tests));
        missed.removeAll(failures.keySet());
        assertEquals(Set.of(), missed, () -> contract.getClass().getSimpleName() + ": these tests should have failed; failed: " + failures);
        assertTrue(!failures.isEmpty(), () -> contract.getClass().getSimpleName() + " was not caught");
        tally.caught++;
        failures.keySet().stream().filter(tally.tests::contains).forEach(tally.proved::add);
    }

    private static List<Method> methods(Object contract, Class<? extends Annotation> kind) {
        // getMethods leaves out what a class does not make public; superclasses come first, as in JUnit
        SortedMap<String, Method> found = new TreeMap<>();
        List<Class<?>> types = new ArrayList<>();
        for (Class<?> type = contract.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            addInterfaces(type, types);
            types.add(0, type);
        }
        for (Class<?> type : types)
            for (Method method : type.getDeclaredMethods())
                if (method.isAnnotationPresent(kind) && !method.isBridge()) found.put(method.getName(), method);
        return List.copyOf(found.values());
    }

    private static void addInterfaces(Class<?> type, List<Class<?>> types) {
        for (Class<?> parent : type.getInterfaces()) {
            types.add(0, parent);
            addInterfaces(parent, types);
        }
    }

    private static void call(Object contract, Method method) throws Throwable {
        method.setAccessible(true);
        try {
            if (method.getParameterCount() == 0) method.invoke(contract);
            else if (method.getParameterTypes().length == 1 && method.getParameterTypes()[0] == Path.class) within(folder -> method.invoke(contract, folder));
            else throw new IllegalStateException(method + " has parameters that Mutants does not know");
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private interface Work {
        void in(Path folder) throws Exception;
    }

    /** Works in a new folder, and deletes it. */
    private static void within(Work work) throws Exception {
        Path folder = Files.createTempDirectory("relata-mutant");
        try {
            work.in(folder);
        } finally {
            List<Path> all;
            try (Stream<Path> walk = Files.walk(folder)) {
                all = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path p : all) Files.delete(p);
        }
    }
}
