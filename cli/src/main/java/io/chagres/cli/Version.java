// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import io.chagres.Ipc;
import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "chagres " + version() + " on " + Ipc.platform(), "java " + Runtime.version()
        };
    }

    /**
     * The module's version, which the compiler has written into it; there is none on the class
     * path.
     */
    private static String version() {
        return Optional.ofNullable(Main.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion)
                .orElse("(no version)");
    }
}
