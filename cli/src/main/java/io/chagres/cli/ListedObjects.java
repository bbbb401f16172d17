// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import java.io.IOException;
import java.util.List;

/**
 * How a mechanism takes part in {@code ls} as well. Not every one with names can: a FIFO is
 * anywhere among the files.
 */
interface ListedObjects extends NamedObjects {

    /** All objects of this machine, or of the namespace that this process is in. */
    List<NamedObject> list() throws IOException;
}
