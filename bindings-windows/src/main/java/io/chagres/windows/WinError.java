// SPDX-License-Identifier: Apache-2.0
package io.chagres.windows;

import io.chagres.windows.gen.Windows;
import java.lang.reflect.Field;

/**
 * Error codes.
 *
 * @see <a href="https://learn.microsoft.com/windows/win32/debug/system-error-codes">System error
 *     codes</a>
 */
public final class WinError {

    /** {@code ERROR_SUCCESS}. */
    public static final int ERROR_SUCCESS = Windows.ERROR_SUCCESS();

    /** {@code ERROR_INVALID_FUNCTION}. */
    public static final int ERROR_INVALID_FUNCTION = Windows.ERROR_INVALID_FUNCTION();

    /** {@code ERROR_FILE_NOT_FOUND}. */
    public static final int ERROR_FILE_NOT_FOUND = Windows.ERROR_FILE_NOT_FOUND();

    /** {@code ERROR_PATH_NOT_FOUND}. */
    public static final int ERROR_PATH_NOT_FOUND = Windows.ERROR_PATH_NOT_FOUND();

    /** {@code ERROR_TOO_MANY_OPEN_FILES}. */
    public static final int ERROR_TOO_MANY_OPEN_FILES = Windows.ERROR_TOO_MANY_OPEN_FILES();

    /** {@code ERROR_ACCESS_DENIED}. */
    public static final int ERROR_ACCESS_DENIED = Windows.ERROR_ACCESS_DENIED();

    /** {@code ERROR_INVALID_HANDLE}. */
    public static final int ERROR_INVALID_HANDLE = Windows.ERROR_INVALID_HANDLE();

    /** {@code ERROR_NOT_ENOUGH_MEMORY}. */
    public static final int ERROR_NOT_ENOUGH_MEMORY = Windows.ERROR_NOT_ENOUGH_MEMORY();

    /** {@code ERROR_OUTOFMEMORY}. */
    public static final int ERROR_OUTOFMEMORY = Windows.ERROR_OUTOFMEMORY();

    /** {@code ERROR_NOT_READY}. */
    public static final int ERROR_NOT_READY = Windows.ERROR_NOT_READY();

    /** {@code ERROR_GEN_FAILURE}; also for a failure without a code. */
    public static final int ERROR_GEN_FAILURE = Windows.ERROR_GEN_FAILURE();

    /** {@code ERROR_SHARING_VIOLATION}. */
    public static final int ERROR_SHARING_VIOLATION = Windows.ERROR_SHARING_VIOLATION();

    /** {@code ERROR_LOCK_VIOLATION}. */
    public static final int ERROR_LOCK_VIOLATION = Windows.ERROR_LOCK_VIOLATION();

    /** {@code ERROR_HANDLE_EOF}. */
    public static final int ERROR_HANDLE_EOF = Windows.ERROR_HANDLE_EOF();

    /** {@code ERROR_HANDLE_DISK_FULL}. */
    public static final int ERROR_HANDLE_DISK_FULL = Windows.ERROR_HANDLE_DISK_FULL();

    /** {@code ERROR_NOT_SUPPORTED}. */
    public static final int ERROR_NOT_SUPPORTED = Windows.ERROR_NOT_SUPPORTED();

    /** {@code ERROR_BAD_NETPATH}. */
    public static final int ERROR_BAD_NETPATH = Windows.ERROR_BAD_NETPATH();

    /** {@code ERROR_FILE_EXISTS}. */
    public static final int ERROR_FILE_EXISTS = Windows.ERROR_FILE_EXISTS();

    /** {@code ERROR_INVALID_PARAMETER}. */
    public static final int ERROR_INVALID_PARAMETER = Windows.ERROR_INVALID_PARAMETER();

    /** {@code ERROR_BROKEN_PIPE}. */
    public static final int ERROR_BROKEN_PIPE = Windows.ERROR_BROKEN_PIPE();

    /** {@code ERROR_DISK_FULL}. */
    public static final int ERROR_DISK_FULL = Windows.ERROR_DISK_FULL();

    /** {@code ERROR_SEM_TIMEOUT}. */
    public static final int ERROR_SEM_TIMEOUT = Windows.ERROR_SEM_TIMEOUT();

    /** {@code ERROR_INSUFFICIENT_BUFFER}. */
    public static final int ERROR_INSUFFICIENT_BUFFER = Windows.ERROR_INSUFFICIENT_BUFFER();

    /** {@code ERROR_INVALID_NAME}. */
    public static final int ERROR_INVALID_NAME = Windows.ERROR_INVALID_NAME();

    /** {@code ERROR_BUSY}. */
    public static final int ERROR_BUSY = Windows.ERROR_BUSY();

    /** {@code ERROR_ALREADY_EXISTS}. */
    public static final int ERROR_ALREADY_EXISTS = Windows.ERROR_ALREADY_EXISTS();

    /** {@code ERROR_FILENAME_EXCED_RANGE}. */
    public static final int ERROR_FILENAME_EXCED_RANGE = Windows.ERROR_FILENAME_EXCED_RANGE();

    /** {@code ERROR_BAD_PIPE}. */
    public static final int ERROR_BAD_PIPE = Windows.ERROR_BAD_PIPE();

    /** {@code ERROR_PIPE_BUSY}. */
    public static final int ERROR_PIPE_BUSY = Windows.ERROR_PIPE_BUSY();

    /** {@code ERROR_NO_DATA}. */
    public static final int ERROR_NO_DATA = Windows.ERROR_NO_DATA();

    /** {@code ERROR_PIPE_NOT_CONNECTED}. */
    public static final int ERROR_PIPE_NOT_CONNECTED = Windows.ERROR_PIPE_NOT_CONNECTED();

    /** {@code ERROR_MORE_DATA}. */
    public static final int ERROR_MORE_DATA = Windows.ERROR_MORE_DATA();

    /** {@code WAIT_TIMEOUT}. */
    public static final int WAIT_TIMEOUT = Windows.WAIT_TIMEOUT();

    /** {@code ERROR_TOO_MANY_POSTS}. */
    public static final int ERROR_TOO_MANY_POSTS = Windows.ERROR_TOO_MANY_POSTS();

    /** {@code ERROR_PIPE_CONNECTED}. */
    public static final int ERROR_PIPE_CONNECTED = Windows.ERROR_PIPE_CONNECTED();

    /** {@code ERROR_PIPE_LISTENING}. */
    public static final int ERROR_PIPE_LISTENING = Windows.ERROR_PIPE_LISTENING();

    /** {@code ERROR_OPERATION_ABORTED}. */
    public static final int ERROR_OPERATION_ABORTED = Windows.ERROR_OPERATION_ABORTED();

    /** {@code ERROR_IO_INCOMPLETE}. */
    public static final int ERROR_IO_INCOMPLETE = Windows.ERROR_IO_INCOMPLETE();

    /** {@code ERROR_IO_PENDING}. */
    public static final int ERROR_IO_PENDING = Windows.ERROR_IO_PENDING();

    /** {@code ERROR_NOACCESS}. */
    public static final int ERROR_NOACCESS = Windows.ERROR_NOACCESS();

    /** {@code ERROR_NOT_FOUND}. */
    public static final int ERROR_NOT_FOUND = Windows.ERROR_NOT_FOUND();

    /** {@code ERROR_NO_SYSTEM_RESOURCES}. */
    public static final int ERROR_NO_SYSTEM_RESOURCES = Windows.ERROR_NO_SYSTEM_RESOURCES();

    /** {@code ERROR_COMMITMENT_LIMIT}. */
    public static final int ERROR_COMMITMENT_LIMIT = Windows.ERROR_COMMITMENT_LIMIT();

    /** {@code ERROR_PRIVILEGE_NOT_HELD}. */
    public static final int ERROR_PRIVILEGE_NOT_HELD = Windows.ERROR_PRIVILEGE_NOT_HELD();

    /** {@code ERROR_TIMEOUT}. */
    public static final int ERROR_TIMEOUT = Windows.ERROR_TIMEOUT();

    private WinError() {}

    /**
     * {@return the symbolic name of an error code, such as {@code ERROR_FILE_NOT_FOUND}; {@code
     * error 4095} for one that is not among the constants of this class}
     *
     * @param code an error code, positive
     */
    public static String name(int code) {
        for (Field field : WinError.class.getFields()) {
            try {
                if (field.getInt(null) == code) {
                    return field.getName();
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        return "error " + code;
    }
}
