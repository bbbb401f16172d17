// SPDX-License-Identifier: Apache-2.0
package io.chagres.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes down the behaviours that were proven: those of which every annotated test that ran has
 * passed. The file is named by the system property {@code chagres.conformance}.
 */
public final class ConformanceListener implements TestExecutionListener {

    private final Set<String> passed = new ConcurrentSkipListSet<>();
    private final Set<String> failed = new ConcurrentSkipListSet<>();

    /** For the service loader. */
    public ConformanceListener() {}

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Set<String> target =
                result.getStatus() == TestExecutionResult.Status.SUCCESSFUL ? passed : failed;
        if (test.isTest() && test.getSource().orElse(null) instanceof MethodSource source) {
            Conforms conforms = source.getJavaMethod().getAnnotation(Conforms.class);
            if (conforms != null) {
                target.addAll(Set.of(conforms.value()));
            }
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        String file = System.getProperty("chagres.conformance");
        if (file == null) {
            return;
        }
        Set<String> proven = new TreeSet<>(passed);
        proven.removeAll(failed);
        try {
            Files.createDirectories(Path.of(file).toAbsolutePath().getParent());
            Files.write(Path.of(file), proven);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
