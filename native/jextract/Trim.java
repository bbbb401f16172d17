// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps of jextract's output what the call layer can use; no kept line is altered but one.
 *
 * <p>Of a function its descriptor stays: jextract's own handles capture no errno, look symbols up in
 * one place only, and cost a link each. Of a struct its layout stays and the accessors of the fields
 * in the wanted list. {@code C_POINTER} loses its unbounded target, whose making is a restricted call.
 *
 * <p>Usage: {@code java Trim.java WANTED DIRECTORY}, where DIRECTORY holds one package of jextract's.
 */
class Trim {

    /** A member of a class: its doc comment and its lines, and the name it declares. */
    record Member(List<String> doc, List<String> code, String name) {
        String head() {
            return code.get(0).strip();
        }

        boolean isClass() {
            return Trim.isClass(head());
        }
    }

    private static final Pattern CLASS = Pattern.compile("(?:class|interface) (\\S+)");
    private static final Pattern NAME = Pattern.compile("([\\w$]+)\\s*(?:\\(.*|=.*|;)");
    private static final Set<String> HEADER_LEFT_OUT = Set.of("LIBRARY_ARENA", "SYMBOL_LOOKUP");

    private final Map<String, Set<String>> fields = new HashMap<>();
    private final Set<String> functions;

    /** Whether a packed struct needs the header class's method for layouts without alignment. */
    private boolean aligns;

    Trim(List<String> wanted) {
        List<String[]> words =
                wanted.stream().filter(l -> l.matches("\\w.*")).map(l -> l.split("\\s+")).toList();
        for (String[] w : words) {
            if (w[0].matches("struct|union|typedef")) {
                fields.put(w[1], Set.of(List.of(w).subList(2, w.length).toArray(new String[0])));
            }
        }
        functions = words.stream().filter(w -> w[0].equals("function")).map(w -> w[1]).collect(Collectors.toSet());
    }

    public static void main(String[] args) throws IOException {
        Trim trim = new Trim(Files.readAllLines(Path.of(args[0])));
        List<Path> files;
        try (Stream<Path> list = Files.list(Path.of(args[1]))) {
            files = list.sorted().toList();
        }
        for (Path file : files) {
            trim.aligns |= Files.readString(file).contains(".align(");
        }
        for (Path file : files) {
            Files.write(file, trim.file(Files.readAllLines(file)));
        }
        dropUnusedTypes(files);
    }

    private List<String> file(List<String> lines) {
        int open = 0;
        while (!lines.get(open).startsWith("public class ")) {
            open++;
        }
        List<String> out = new ArrayList<>(lines.subList(0, open + 1));
        out.addAll(body(className(lines.get(open)), lines.subList(open + 1, lines.lastIndexOf("}"))));
        out.add("}");
        return out;
    }

    private List<String> body(String owner, List<String> lines) {
        List<String> out = new ArrayList<>();
        for (Member m : members(lines)) {
            Member kept = keep(owner, m);
            if (kept != null) {
                out.add("");
                out.addAll(kept.doc);
                out.addAll(kept.code);
            }
        }
        return out;
    }

    private Member keep(String owner, Member m) {
        boolean struct = fields.containsKey(owner) || owner.startsWith("_");
        if (struct) {
            return keepOfStruct(owner, m);
        }
        String function = m.name.replaceFirst("\\$.*", "");
        if (functions.contains(function)) {
            return keepOfFunction(m);
        }
        if (m.head().startsWith("public static final AddressLayout C_POINTER")) {
            return new Member(m.doc, List.of(m.code.get(0).replace("((Add", "(Add").replaceFirst("\\)$", ";")), m.name);
        }
        boolean isType = m.name.startsWith("C_");
        boolean isConstant = m.head().startsWith("private static") || m.head().startsWith("public static");
        boolean isConstructor = m.name.equals(owner);
        if (aligns && m.head().startsWith("static MemoryLayout align(")) {
            return m;
        }
        return (isType || isConstant || isConstructor) && !HEADER_LEFT_OUT.contains(m.name) ? m : null;
    }

    private Member keepOfFunction(Member m) {
        if (m.isClass()) {
            return holder(m);
        }
        return m.name.endsWith("$descriptor") ? m : null;
    }

    /** A function's holder with the descriptor alone; a variadic one gets the form of the others. */
    private Member holder(Member m) {
        List<String> code = new ArrayList<>();
        boolean variadic = m.code.stream().anyMatch(l -> l.contains("BASE_DESC = "));
        code.add("    private static class " + m.name + " {");
        boolean inside = false;
        for (String line : m.code) {
            inside |= line.contains("DESC = FunctionDescriptor");
            if (inside) {
                code.add(line.replace("private static final FunctionDescriptor BASE_DESC", "public static final FunctionDescriptor DESC"));
                if (line.endsWith(";")) {
                    break;
                }
            }
        }
        code.add("    }");
        if (variadic) {
            code.add("");
            m.doc.forEach(line -> code.add(line.replace("Variadic invoker class", "Function descriptor of the fixed arguments")));
            code.add("    public static FunctionDescriptor " + m.name + "$descriptor() {");
            code.add("        return " + m.name + ".DESC;");
            code.add("    }");
        }
        return new Member(List.of(), code, m.name);
    }

    private Member keepOfStruct(String owner, Member m) {
        if (m.isClass()) {
            if (m.code.stream().noneMatch(l -> l.contains("GroupLayout $LAYOUT"))) {
                return null; // a type of function pointers
            }
            List<String> code = new ArrayList<>();
            code.add(m.code.get(0));
            code.addAll(body(m.name, m.code.subList(1, m.code.size() - 1)));
            code.add(m.code.get(m.code.size() - 1));
            return new Member(m.doc, code, m.name);
        }
        if (m.name.equals(owner) || m.name.equals("$LAYOUT") || m.name.equals("layout")) {
            return m;
        }
        Set<String> wanted = fields.getOrDefault(owner, Set.of());
        if (wanted.stream().anyMatch(f -> m.name.equals(f + "$LAYOUT") || m.name.equals(f + "$OFFSET"))) {
            return m;
        }
        boolean accessor = m.head().matches(".*\\(MemorySegment (?:struct|union)(, [a-z]+ fieldValue)?\\) \\{")
                || m.head().matches(".*\\(MemorySegment (?:struct|union), MemorySegment fieldValue\\) \\{")
                        && m.code.stream().noneMatch(l -> l.contains("MemorySegment.copy"));
        return accessor && wanted.contains(m.name) ? m : null;
    }

    private static List<Member> members(List<String> lines) {
        List<Member> members = new ArrayList<>();
        List<String> doc = new ArrayList<>();
        List<String> code = new ArrayList<>();
        int depth = 0;
        for (String line : lines) {
            String text = line.strip();
            boolean comment = text.startsWith("/**") || text.startsWith("*");
            if (comment && code.isEmpty()) {
                doc.add(line);
                continue;
            }
            if (text.isEmpty() && code.isEmpty()) {
                continue;
            }
            code.add(line);
            depth += comment ? 0 : count(text, "{(") - count(text, "})");
            if (depth == 0 && (text.endsWith("}") || text.endsWith(";"))) {
                members.add(new Member(doc, code, name(code.get(0).strip())));
                doc = new ArrayList<>();
                code = new ArrayList<>();
            }
        }
        return members;
    }

    private static int count(String text, String chars) {
        return (int) text.chars().filter(c -> chars.indexOf(c) >= 0).count();
    }

    private static String name(String head) {
        if (isClass(head)) {
            return className(head);
        }
        Matcher m = NAME.matcher(head);
        if (!m.find()) {
            throw new IllegalStateException("not a member: " + head);
        }
        return m.group(1);
    }

    private static boolean isClass(String head) {
        return CLASS.matcher(head).find();
    }

    private static String className(String head) {
        Matcher m = CLASS.matcher(head);
        if (!m.find()) {
            throw new IllegalStateException("not a class: " + head);
        }
        return m.group(1);
    }

    /** Of the layouts of C's own types, those that no kept line names go too. */
    private static void dropUnusedTypes(List<Path> files) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : files) {
            all.append(Files.readString(file));
        }
        for (Path file : files) {
            List<String> kept = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                Matcher type = Pattern.compile("public static final .*Layout\\S* (C_\\w+) ?=").matcher(line);
                if (!type.find() || all.toString().contains("." + type.group(1))) {
                    kept.add(line);
                }
            }
            Files.writeString(file, String.join("\n", kept).replaceAll("\n{3,}", "\n\n").replaceAll("\n+}\n*$", "\n}") + "\n");
        }
    }
}
