package relata.recipe;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Text to a single value of a setting's type. */
final class Scalars {
    /** The text does not fit; the message says what it must be. */
    static final class Misfit extends Exception {
        private static final long serialVersionUID = 1;

        Misfit(String rule) {
            super(rule, null, false, false);
        }
    }

    private Scalars() {}

    /** What a value of this type must be, as the end of a sentence. */
    static String rule(Class<?> type) {
        if (type == String.class) return "must be a text.";
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) return "must be a whole number.";
        if (type == double.class || type == Double.class) return "must be a number.";
        if (type == boolean.class || type == Boolean.class) return "must be true or false.";
        if (type == Path.class) return "must be a path.";
        if (type.isEnum()) return "must be one of " + String.join(", ", names(type)) + ".";
        return "cannot be given: its type " + type.getSimpleName() + " is none that settings may have.";
    }

    static Object read(Class<?> type, String text) throws Misfit {
        if (type == String.class) return text;
        if (type == int.class || type == Integer.class) {
            long value = whole(text);
            if (value != (int) value) throw new Misfit("must be between " + Integer.MIN_VALUE + " and " + Integer.MAX_VALUE + ".");
            return (int) value;
        }
        if (type == long.class || type == Long.class) return whole(text);
        if (type == double.class || type == Double.class) return decimal(text);
        if (type == boolean.class || type == Boolean.class) return truth(text);
        if (type == Path.class) return path(text);
        if (type.isEnum()) return constant(type, text);
        throw new Misfit(rule(type));
    }

    private static long whole(String text) throws Misfit {
        try {
            // through BigDecimal, so that 1e6 is a whole number too
            if (isNumber(text)) return new BigDecimal(text.replace("_", "")).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new Misfit(rule(long.class));
        }
        throw new Misfit(rule(long.class));
    }

    private static double decimal(String text) throws Misfit {
        if (text.equals(".inf") || text.equals("inf")) return Double.POSITIVE_INFINITY;
        if (text.equals("-.inf") || text.equals("-inf")) return Double.NEGATIVE_INFINITY;
        if (!isNumber(text)) throw new Misfit(rule(double.class));
        try {
            double value = Double.parseDouble(text.replace("_", ""));
            if (Double.isInfinite(value)) throw new Misfit("must be a number of at most 1.79e308 in size.");
            return value;
        } catch (NumberFormatException e) {
            throw new Misfit(rule(double.class));
        }
    }

    /** Only what looks like a decimal number: Java would take {@code 1d}, {@code 0x1p3} and {@code NaN} too. */
    private static boolean isNumber(String text) {
        return text.length() <= 64 && text.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eE_".indexOf(c) >= 0)
                && text.chars().anyMatch(c -> c >= '0' && c <= '9') && !text.startsWith("_") && !text.endsWith("_");
    }

    private static boolean truth(String text) throws Misfit {
        return switch (text) {
            case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON" -> true;
            case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF" -> false;
            default -> throw new Misfit(rule(boolean.class));
        };
    }

    private static Path path(String text) throws Misfit {
        try {
            if (text.equals("~")) return Path.of(System.getProperty("user.home"));
            return text.startsWith("~/") ? Path.of(System.getProperty("user.home"), text.substring(2)) : Path.of(text);
        } catch (InvalidPathException e) {
            throw new Misfit("must be a path: " + e.getReason() + ".");
        }
    }

    private static Object constant(Class<?> type, String text) throws Misfit {
        for (Object constant : type.getEnumConstants()) if (Names.of((Enum<?>) constant).equals(text)) return constant;
        throw new Misfit(rule(type) + Names.nearest(text, names(type)).map(n -> " Did you mean '" + n + "'?").orElse(""));
    }

    private static List<String> names(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(c -> Names.of((Enum<?>) c)).toList();
    }
}
