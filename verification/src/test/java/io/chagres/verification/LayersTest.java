// SPDX-License-Identifier: Apache-2.0
package io.chagres.verification;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Duration;

/**
 * gen ← call layer ← internal ← public packages: nothing skips a layer, and each has its own tools.
 */
@AnalyzeClasses(packages = "io.chagres", importOptions = DoNotIncludeTests.class)
class LayersTest {

    private static final String LINKER_AND_LOOKUP =
            "java\\.lang\\.foreign\\.(Linker|SymbolLookup)(\\$.*)?";

    private static final String[] PUBLIC = {
        "io.chagres",
        "io.chagres.event",
        "io.chagres.mq",
        "io.chagres.pipe",
        "io.chagres.rmi",
        "io.chagres.socket",
        "io.chagres.shm",
        "io.chagres.sync"
    };

    @ArchTest
    static final ArchRule nothingSkipsALayer =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("gen")
                    .definedBy("io.chagres.posix.gen..", "io.chagres.windows.gen..")
                    .layer("calls")
                    .definedBy("io.chagres.posix", "io.chagres.windows")
                    .layer("internal")
                    .definedBy("io.chagres.internal..")
                    .layer("public")
                    .definedBy(PUBLIC)
                    .layer("cli")
                    .definedBy("io.chagres.cli..")
                    .whereLayer("gen")
                    .mayOnlyBeAccessedByLayers("calls")
                    .whereLayer("calls")
                    .mayOnlyBeAccessedByLayers("internal")
                    .whereLayer("cli")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("internal")
                    .mayOnlyBeAccessedByLayers("public");

    @ArchTest
    static final ArchRule posixDoesNotSeeWindows =
            noClasses()
                    .that()
                    .resideInAnyPackage("io.chagres.posix..", "io.chagres.internal.posix..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.chagres.windows..", "io.chagres.internal.windows..");

    @ArchTest
    static final ArchRule windowsDoesNotSeePosix =
            noClasses()
                    .that()
                    .resideInAnyPackage("io.chagres.windows..", "io.chagres.internal.windows..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.chagres.posix..", "io.chagres.internal.posix..");

    @ArchTest
    static final ArchRule thePlatformIndependentPartSeesNoPlatform =
            noClasses()
                    .that()
                    .resideInAnyPackage("io.chagres.internal", "io.chagres.foreign")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.chagres.posix..",
                            "io.chagres.windows..",
                            "io.chagres.internal.posix..",
                            "io.chagres.internal.windows..");

    @ArchTest
    static final ArchRule oneClassOfEachBindingsModuleLinks =
            noClasses()
                    .that(
                            describe(
                                    "neither link nor hold the state of a call",
                                    LayersTest::mayNotLink))
                    .should()
                    .dependOnClassesThat()
                    .haveNameMatching(LINKER_AND_LOOKUP);

    @ArchTest
    static final ArchRule noSignatureShowsTheMachinery =
            methods()
                    .that()
                    .arePublic()
                    .and()
                    .areDeclaredInClassesThat()
                    .resideInAnyPackage(PUBLIC)
                    .should(nameNoTypeOf("java.lang.invoke", "java.lang.foreign.Linker"));

    @ArchTest
    static final ArchRule nobodySleeps =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.chagres.cli..", "io.chagres.test..")
                    .should()
                    .callMethod(Thread.class, "sleep", Duration.class);

    private static boolean mayNotLink(JavaClass c) {
        boolean gen = c.getPackageName().contains(".gen");
        boolean callLayer = c.getPackageName().matches("io\\.chagres\\.(posix|windows)");
        return !gen && !(callLayer && c.getName().matches(".*\\.(Link|CallState)"));
    }

    private static ArchCondition<JavaMethod> nameNoTypeOf(String... prefixes) {
        return new ArchCondition<>("name no type of " + String.join(", ", prefixes)) {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                for (String prefix : prefixes) {
                    boolean names =
                            method.getRawReturnType().getName().startsWith(prefix)
                                    || method.getRawParameterTypes().stream()
                                            .anyMatch(t -> t.getName().startsWith(prefix));
                    events.add(new SimpleConditionEvent(method, !names, method.getFullName()));
                }
            }
        };
    }
}
