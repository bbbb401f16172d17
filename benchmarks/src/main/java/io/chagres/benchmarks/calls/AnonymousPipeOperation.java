// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.IpcException;
import io.chagres.pipe.AnonymousPipe;

/** An anonymous pipe. */
public class AnonymousPipeOperation extends PipeOperation {

    @Override
    public void open() throws IpcException {
        AnonymousPipe pipe = AnonymousPipe.open();
        use(pipe.source(), pipe.sink());
    }
}
