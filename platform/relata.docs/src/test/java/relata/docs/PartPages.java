package relata.docs;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import relata.api.component.Part;
import relata.api.component.Setting;

/** Makes the pages that tell what is installed: one for each kind of part, their index, and the commands. */
final class PartPages {
    private static final String NOTE = "<!-- Made from the code. Do not edit: change the annotations of the part, then ./mvnw " + GeneratedPagesTest.ARGUMENTS + " -->\n\n";

    private final InstalledParts parts;

    PartPages(InstalledParts parts) {
        this.parts = parts;
    }

    /** Text by path below {@code docs}. */
    Map<String, String> all() {
        TreeMap<String, String> pages = new TreeMap<>();
        pages.put("parts/index.md", index());
        for (String kind : parts.kinds()) if (!parts.parts(kind).isEmpty()) pages.put("parts/" + kind + ".md", page(kind));
        pages.put("commands.md", commands());
        return pages;
    }

    private String index() {
        StringBuilder page = new StringBuilder(NOTE).append("# All parts\n\nThe built-in parts by kind. `relata list` shows those that are really installed, plug-ins included, and `relata describe KIND NAME` one of them.\n\n")
                .append("| kind | parts |\n|---|---|\n");
        for (String kind : parts.kinds()) {
            List<String> links = parts.parts(kind).stream().map(p -> "[" + p.name() + "](" + kind + ".md#" + p.name() + ")").toList();
            if (!links.isEmpty()) page.append("| [").append(kind).append("](").append(kind).append(".md) | ").append(String.join(", ", links)).append(" |\n");
        }
        return page.toString();
    }

    private String page(String kind) {
        Class<?> type = parts.type(kind);
        StringBuilder page = new StringBuilder(NOTE).append("# ").append(kind).append("\n\nInterface `").append(type.getName()).append("`. How to write one: [")
                .append(ExtendPages.title(kind)).append("](../extend/").append(ExtendPages.file(kind)).append(").\n");
        for (Part part : parts.parts(kind)) page.append('\n').append(section(part));
        return page.toString();
    }

    private static String section(Part part) {
        StringBuilder text = new StringBuilder("## ").append(part.name()).append("\n\n").append(sentence(part.summary())).append("\n\n");
        if (!part.source().isEmpty()) text.append("- Source: ").append(part.source()).append('\n');
        if (!part.produces().isEmpty()) text.append("- Gives: ").append(part.produces()).append('\n');
        text.append("- Bundle: [").append(part.bundle()).append("](../../bundles/").append(part.bundle()).append(")\n\n");
        List<Setting> settings = Setting.of(part.config());
        if (settings.isEmpty()) return text.append("No settings.\n").toString();
        text.append("| setting | type | default | range | |\n|---|---|---|---|---|\n");
        for (Setting s : settings)
            text.append("| `").append(s.name()).append("` | ").append(cell(s.type())).append(" | ").append(s.required() ? "*required*" : s.standard().isEmpty() ? "" : "`" + cell(s.standard()) + "`")
                    .append(" | ").append(s.range().isEmpty() ? "" : "`" + s.range() + "`").append(" | ").append(cell(s.doc())).append(" |\n");
        return text.toString();
    }

    private static String sentence(String doc) {
        if (doc.isEmpty()) return doc;
        return Character.toUpperCase(doc.charAt(0)) + doc.substring(1) + (doc.endsWith(".") ? "" : ".");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }

    private static String commands() {
        StringBuilder page = new StringBuilder(NOTE).append("# All commands\n\nIn a source tree the command is `./relata`, in an unpacked distribution `bin/relata`. Exit codes: 0 fine, 1 failed, 2 wrong use, 3 the platform does not start.\n");
        add(Commands.tree(), page);
        return page.toString();
    }

    private static void add(CommandLine line, StringBuilder page) {
        StringWriter text = new StringWriter();
        line.usage(new PrintWriter(text), CommandLine.Help.Ansi.OFF);
        page.append("\n## ").append(line.getCommandSpec().qualifiedName()).append("\n\n```text\n").append(text.toString().replaceAll("(?m)[ \\t]+$", "").strip()).append("\n```\n");
        line.getSubcommands().values().forEach(c -> add(c, page));
    }
}
