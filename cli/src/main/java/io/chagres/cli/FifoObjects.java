// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import io.chagres.Mechanism;
import io.chagres.pipe.Fifo;
import java.io.IOException;
import java.nio.file.Path;

/** FIFOs, whose names are paths: they may be anywhere, so there is no list of them. */
final class FifoObjects implements NamedObjects {

    @Override
    public Mechanism mechanism() {
        return Mechanism.FIFO;
    }

    @Override
    public void remove(String name) throws IOException {
        Fifo.unlink(Path.of(name));
    }
}
