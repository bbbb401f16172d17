// SPDX-License-Identifier: Apache-2.0
package io.chagres.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compares the bindings of a target with what a C compiler for that target says of its own headers:
 * every constant, and the size of every struct and the offset and size of its fields, as the wanted
 * lists name them.
 *
 * <p>The compiler writes the numbers into its assembly output, so that nothing has to run on the
 * target.
 */
public final class AbiProbe {

    private static final Pattern WORDS = Pattern.compile("\\s+");
    private static final Pattern ANSWER = Pattern.compile("->(.+?) = [$#]?(-?\\d+)");

    /** The bindings of the target. */
    public interface Bindings {

        /**
         * A constant's value; an {@code int} constant is an {@link Integer}, not a {@link Long}.
         */
        Number constant(String name);

        /** The layout of a struct or union. */
        GroupLayout layout(String name);
    }

    private final String compiler;
    private final String head;
    private final Map<String, String> expressions = new LinkedHashMap<>();
    private final Map<String, Number> ours = new LinkedHashMap<>();
    private final Set<String> optional = new HashSet<>();

    /**
     * @param compiler a C compiler for the target
     * @param umbrella the header that jextract read
     */
    public AbiProbe(String compiler, Path umbrella) throws IOException {
        this.compiler = compiler;
        this.head = Files.readString(umbrella);
    }

    /** Whether a program of that name is on the PATH. */
    public static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Takes up everything a wanted list names. */
    public AbiProbe add(Path wanted, Bindings bindings) throws IOException {
        for (String line : Files.readAllLines(wanted)) {
            String[] words = WORDS.split(line.strip(), -1);
            switch (words[0]) {
                case "constant" -> add(words[1], words[1], bindings.constant(words[1]));
                case "struct", "union", "typedef" -> addLayout(words, bindings.layout(words[1]));
                default -> {
                    // a function, which has no number, or a comment
                }
            }
        }
        return this;
    }

    /** Takes up a constant that the target's headers may be too old to have. */
    public AbiProbe addIfDefined(String name, Number value) {
        expressions.put(
                name, "\n#ifdef " + name + "\nITEM(\"" + name + "\", " + name + ")\n#endif");
        ours.put(name, value);
        optional.add(name);
        return this;
    }

    /**
     * Asks the compiler.
     *
     * @return how many items were compared, and those that are wrong
     */
    public Result compare() throws IOException, InterruptedException {
        Map<String, Long> theirs = ask();
        List<String> wrong = new ArrayList<>();
        ours.forEach(
                (item, value) -> {
                    Long answer = theirs.get(item);
                    if (answer != null && !same(value, answer)) {
                        wrong.add(item + " is " + answer + ", not " + value);
                    }
                    if (answer == null && !optional.contains(item)) {
                        wrong.add(item + " has no answer");
                    }
                });
        return new Result(theirs.size(), wrong);
    }

    /**
     * What a comparison found.
     *
     * @param compared how many items
     * @param wrong the items that differ, in words
     */
    public record Result(int compared, List<String> wrong) {}

    private void addLayout(String[] words, GroupLayout layout) {
        String type = words[0].equals("typedef") ? words[1] : words[0] + " " + words[1];
        add("sizeof " + type, "sizeof(" + type + ")", layout.byteSize());
        for (int i = 2; i < words.length; i++) {
            String field = words[i];
            PathElement path = PathElement.groupElement(field);
            String name = type + "." + field;
            MemoryLayout fieldLayout = layout.select(path);
            add(
                    "offsetof " + name,
                    "offsetof(" + type + ", " + field + ")",
                    layout.byteOffset(path));
            add(
                    "sizeof " + name,
                    "sizeof(((" + type + " *)0)->" + field + ")",
                    fieldLayout.byteSize());
        }
    }

    private void add(String item, String expression, Number value) {
        expressions.put(item, "ITEM(\"" + item + "\", " + expression + ")");
        ours.put(item, value);
    }

    /** An int constant may be an unsigned 32-bit number in C. */
    private static boolean same(Number ours, long theirs) {
        return ours instanceof Integer i
                ? i == (int) theirs && (theirs == (int) theirs || theirs >>> Integer.SIZE == 0)
                : ours.longValue() == theirs;
    }

    private Map<String, Long> ask() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(compiler, "-std=gnu17", "-O1", "-S", "-x", "c", "-o", "-", "-")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (OutputStream source = process.getOutputStream()) {
            source.write(source().getBytes(StandardCharsets.UTF_8));
        }
        try (InputStream assembly = process.getInputStream()) {
            Map<String, Long> answers = new LinkedHashMap<>();
            Matcher m = ANSWER.matcher(new String(assembly.readAllBytes(), StandardCharsets.UTF_8));
            while (m.find()) {
                answers.put(m.group(1), Long.valueOf(m.group(2)));
            }
            if (process.waitFor() != 0) {
                throw new IOException(compiler + " refused the probe");
            }
            return answers;
        }
    }

    private String source() {
        return head
                + "\n#include <stddef.h>\n"
                + "#define ITEM(name, value) __asm__ volatile(\"\\n->\" name \" = %0\" : : \"i\"((long long)(value)));\n"
                + "void probe(void) {\n"
                + String.join("\n", expressions.values())
                + "\n}\n";
    }
}
