// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import java.io.IOException;

/** A message arrived with another length or other bytes than it was sent with. */
final class WrongPayloadException extends IOException {

    private static final long serialVersionUID = 1L;

    WrongPayloadException(String message) {
        super(message);
    }
}
