// SPDX-License-Identifier: Apache-2.0
package io.chagres.verification;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Duration;

@AnalyzeClasses(packages = "io.chagres", importOptions = DoNotIncludeTests.class)
class LayersTest {
    @ArchTest
    static final ArchRule posixDoesNotSeeWindows =
            noClasses()
                    .that()
                    .resideInAPackage("io.chagres.posix..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.chagres.windows..");

    @ArchTest
    static final ArchRule windowsDoesNotSeePosix =
            noClasses()
                    .that()
                    .resideInAPackage("io.chagres.windows..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.chagres.posix..");

    @ArchTest
    static final ArchRule onlyTheBindingsLink =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.chagres.posix..", "io.chagres.windows..")
                    .should()
                    .dependOnClassesThat()
                    .haveNameMatching("java\\.lang\\.foreign\\.(Linker|SymbolLookup)(\\$.*)?");

    @ArchTest
    static final ArchRule nobodySleeps =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.chagres.cli..", "io.chagres.test..")
                    .should()
                    .callMethod(Thread.class, "sleep", Duration.class);
}
