// SPDX-License-Identifier: Apache-2.0
package io.chagres.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bindings hold what the wanted lists name, and the call layer uses all of it. */
@Tag("unit")
class BindingsUseTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.chagres.posix", "io.chagres.windows");

    private static final Path ROOT = Path.of(System.getProperty("chagres.root"));
    private static final Pattern WORDS = Pattern.compile("\\s+");
    private static final Pattern COMMON_CALL = Pattern.compile("Link\\.common\\(\"(\\w+)\"\\)");

    @ParameterizedTest
    @CsvSource({"posix", "windows"})
    void everyWantedNameIsUsedByTheCallLayer(String platform) throws IOException {
        Set<String> used = membersUsedOutsideOf("io.chagres." + platform + ".gen");
        used.addAll(descriptorsOfCommonCalls(platform));
        List<String> unused = new ArrayList<>();
        for (String[] wanted : wanted(platform)) {
            for (String member : membersOf(wanted)) {
                if (!used.contains(member)) {
                    unused.add(String.join(" ", wanted) + ": " + member);
                }
            }
        }
        assertThat(unused).as("wanted, but used by no call").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"posix", "windows"})
    void everyGeneratedFunctionAndConstantIsWanted(String platform) throws IOException {
        Set<String> wanted =
                wanted(platform).stream()
                        .flatMap(w -> membersOf(w).stream())
                        .collect(Collectors.toSet());
        Set<String> unwanted = new TreeSet<>();
        for (JavaClass c : CLASSES) {
            boolean holdsNames = c.getSimpleName().matches("Linux|Windows|Constants");
            if (holdsNames && c.getPackageName().startsWith("io.chagres." + platform + ".gen")) {
                c.getMethods().stream()
                        .filter(m -> m.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaMethod::getName)
                        .filter(name -> !wanted.contains(name))
                        .forEach(unwanted::add);
            }
        }
        assertThat(unwanted).as("generated, but wanted by no list").isEmpty();
    }

    /** What the call layer must touch of a line of a wanted list. */
    private static List<String> membersOf(String[] wanted) {
        return switch (wanted[0]) {
            case "function" -> List.of(wanted[1] + "$descriptor");
            case "constant" -> List.of(wanted[1]);
            default -> Stream.of(wanted).skip(2).map(field -> wanted[1] + "." + field).toList();
        };
    }

    private static List<String[]> wanted(String platform) throws IOException {
        List<String[]> lines = new ArrayList<>();
        try (Stream<Path> lists = Files.list(ROOT.resolve("native/jextract/" + platform))) {
            for (Path list : lists.filter(p -> p.toString().endsWith(".txt")).toList()) {
                for (String line : Files.readAllLines(list)) {
                    if (line.matches("[a-z].*")) {
                        lines.add(WORDS.split(line, -1));
                    }
                }
            }
        }
        return lines;
    }

    /** Names of the generated methods that others call; those of a struct with its name before. */
    private static Set<String> membersUsedOutsideOf(String gen) {
        Set<String> used = new TreeSet<>();
        for (JavaClass c : CLASSES) {
            if (!c.getPackageName().startsWith(gen)) {
                c.getMethodCallsFromSelf().stream()
                        .map(call -> call.getTarget())
                        .filter(t -> t.getOwner().getPackageName().startsWith(gen))
                        .forEach(
                                t -> used.addAll(names(t.getOwner().getSimpleName(), t.getName())));
            }
        }
        return used;
    }

    /** A call in the common shape finds its function's descriptor by name, in tests alone. */
    private static Set<String> descriptorsOfCommonCalls(String platform) throws IOException {
        Path callLayer =
                ROOT.resolve("bindings-" + platform + "/src/main/java/io/chagres/" + platform);
        Set<String> used = new TreeSet<>();
        try (Stream<Path> sources = Files.list(callLayer)) {
            for (Path source : sources.filter(p -> p.toString().endsWith(".java")).toList()) {
                COMMON_CALL
                        .matcher(Files.readString(source))
                        .results()
                        .forEach(call -> used.add(call.group(1) + "$descriptor"));
            }
        }
        return used;
    }

    /** PerArchitecture has the accessors of all structs, as struct$field. */
    private static List<String> names(String owner, String method) {
        return List.of(method, owner + "." + method, method.replace('$', '.'));
    }
}
