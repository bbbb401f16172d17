// SPDX-License-Identifier: Apache-2.0
package io.chagres.windows;

import io.chagres.foreign.Downcalls;
import io.chagres.windows.gen.Windows;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** {@code kernel32.dll}: handles, files and mailslots. */
public final class Kernel32 {

    /** Look in the system's messages. */
    public static final int FORMAT_MESSAGE_FROM_SYSTEM = Windows.FORMAT_MESSAGE_FROM_SYSTEM();

    /** Leave placeholders alone. */
    public static final int FORMAT_MESSAGE_IGNORE_INSERTS = Windows.FORMAT_MESSAGE_IGNORE_INSERTS();

    /** To read. */
    public static final int GENERIC_READ = Windows.GENERIC_READ();

    /** To write. */
    public static final int GENERIC_WRITE = Windows.GENERIC_WRITE();

    /** Others may read. */
    public static final int FILE_SHARE_READ = Windows.FILE_SHARE_READ();

    /** Others may write. */
    public static final int FILE_SHARE_WRITE = Windows.FILE_SHARE_WRITE();

    /** Fail when it does not exist. */
    public static final int OPEN_EXISTING = Windows.OPEN_EXISTING();

    /** No attribute. */
    public static final int FILE_ATTRIBUTE_NORMAL = Windows.FILE_ATTRIBUTE_NORMAL();

    /** Operations complete later. */
    public static final int FILE_FLAG_OVERLAPPED = Windows.FILE_FLAG_OVERLAPPED();

    /** There is no next message. */
    public static final int MAILSLOT_NO_MESSAGE = Windows.MAILSLOT_NO_MESSAGE();

    /** No timeout. */
    public static final int MAILSLOT_WAIT_FOREVER = Windows.MAILSLOT_WAIT_FOREVER();

    private static final String KERNEL32 = "Kernel32";

    private Kernel32() {}

    private static final class CloseHandle {
        static final MethodHandle HANDLE =
                Link.function(KERNEL32, "CloseHandle", Windows.CloseHandle$descriptor());
    }

    /**
     * Closes a handle.
     *
     * @param handle of any kernel object
     * @return 0, or the negated error code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/handleapi/nf-handleapi-closehandle">CloseHandle</a>
     */
    public static int CloseHandle(long handle) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.ofBool(
                    (int) CloseHandle.HANDLE.invokeExact(state, MemorySegment.ofAddress(handle)),
                    state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class CreateFileW {
        static final MethodHandle HANDLE =
                Link.function(KERNEL32, "CreateFileW", Windows.CreateFileW$descriptor());
    }

    /**
     * Opens a file, a pipe or a mailslot.
     *
     * @param name a UTF-16 string
     * @param access {@code GENERIC_*}
     * @param share {@code FILE_SHARE_*}
     * @param security {@link SecurityAttributes}, or NULL
     * @param disposition {@link #OPEN_EXISTING}
     * @param flags {@code FILE_FLAG_*}, {@code FILE_ATTRIBUTE_*}
     * @param template 0
     * @return a handle, or the negated error code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-createfilew">CreateFileW</a>
     */
    public static long CreateFile(
            MemorySegment name,
            int access,
            int share,
            MemorySegment security,
            int disposition,
            int flags,
            long template) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.ofHandle(
                    (MemorySegment)
                            CreateFileW.HANDLE.invokeExact(
                                    state,
                                    name,
                                    access,
                                    share,
                                    security,
                                    disposition,
                                    flags,
                                    MemorySegment.ofAddress(template)),
                    state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class ReadFile {
        static final MethodHandle HANDLE =
                Link.function(KERNEL32, "ReadFile", Windows.ReadFile$descriptor());
    }

    /**
     * Reads, blocking unless overlapped.
     *
     * @param file open for reading
     * @param buffer native memory of at least {@code length} bytes
     * @param length bytes
     * @param read a {@code DWORD} that is set, or NULL with an OVERLAPPED
     * @param overlapped NULL, or an OVERLAPPED
     * @return 0, or the negated error code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-readfile">ReadFile</a>
     */
    public static int ReadFile(
            long file,
            MemorySegment buffer,
            int length,
            MemorySegment read,
            MemorySegment overlapped) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.ofBool(
                    (int)
                            ReadFile.HANDLE.invokeExact(
                                    state,
                                    MemorySegment.ofAddress(file),
                                    buffer,
                                    length,
                                    read,
                                    overlapped),
                    state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class WriteFile {
        static final MethodHandle HANDLE =
                Link.function(KERNEL32, "WriteFile", Windows.WriteFile$descriptor());
    }

    /**
     * Writes, blocking unless overlapped.
     *
     * @param file open for writing
     * @param buffer native memory of at least {@code length} bytes
     * @param length bytes
     * @param written a {@code DWORD} that is set, or NULL with an OVERLAPPED
     * @param overlapped NULL, or an OVERLAPPED
     * @return 0, or the negated error code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-writefile">WriteFile</a>
     */
    public static int WriteFile(
            long file,
            MemorySegment buffer,
            int length,
            MemorySegment written,
            MemorySegment overlapped) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.ofBool(
                    (int)
                            WriteFile.HANDLE.invokeExact(
                                    state,
                                    MemorySegment.ofAddress(file),
                                    buffer,
                                    length,
                                    written,
                                    overlapped),
                    state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class CreateMailslotW {
        static final MethodHandle HANDLE =
                Link.function(KERNEL32, "CreateMailslotW", Windows.CreateMailslotW$descriptor());
    }

    /**
     * Creates a mailslot and opens it for reading.
     *
     * @param name a UTF-16 string
     * @param maxMessage bytes, 0 for any size
     * @param readTimeout milliseconds, or {@link #MAILSLOT_WAIT_FOREVER}
     * @param security {@link SecurityAttributes}, or NULL
     * @return a handle, or the negated error code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-createmailslotw">CreateMailslotW</a>
     */
    public static long CreateMailslot(
            MemorySegment name, int maxMessage, int readTimeout, MemorySegment security) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.ofHandle(
                    (MemorySegment)
                            CreateMailslotW.HANDLE.invokeExact(
                                    state, name, maxMessage, readTimeout, security),
                    state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class GetMailslotInfo {
        static final MethodHandle HANDLE =
                Link.function(KERNEL32, "GetMailslotInfo", Windows.GetMailslotInfo$descriptor());
    }

    /**
     * What a mailslot holds and how it waits.
     *
     * @param mailslot from {@link #CreateMailslot}
     * @param maxMessage a {@code DWORD} that is set, or NULL
     * @param nextSize a {@code DWORD} that is set to a size or {@link #MAILSLOT_NO_MESSAGE}, or
     *     NULL
     * @param count a {@code DWORD} that is set, or NULL
     * @param readTimeout a {@code DWORD} that is set, or NULL
     * @return 0, or the negated error code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-getmailslotinfo">GetMailslotInfo</a>
     */
    public static int GetMailslotInfo(
            long mailslot,
            MemorySegment maxMessage,
            MemorySegment nextSize,
            MemorySegment count,
            MemorySegment readTimeout) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.ofBool(
                    (int)
                            GetMailslotInfo.HANDLE.invokeExact(
                                    state,
                                    MemorySegment.ofAddress(mailslot),
                                    maxMessage,
                                    nextSize,
                                    count,
                                    readTimeout),
                    state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class SetMailslotInfo {
        static final MethodHandle HANDLE =
                Link.function(KERNEL32, "SetMailslotInfo", Windows.SetMailslotInfo$descriptor());
    }

    /**
     * Sets how long a read waits.
     *
     * @param mailslot from {@link #CreateMailslot}
     * @param readTimeout milliseconds, or {@link #MAILSLOT_WAIT_FOREVER}
     * @return 0, or the negated error code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-setmailslotinfo">SetMailslotInfo</a>
     */
    public static int SetMailslotInfo(long mailslot, int readTimeout) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.ofBool(
                    (int)
                            SetMailslotInfo.HANDLE.invokeExact(
                                    state, MemorySegment.ofAddress(mailslot), readTimeout),
                    state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class FormatMessageW {
        static final MethodHandle HANDLE =
                Link.function(KERNEL32, "FormatMessageW", Windows.FormatMessageW$descriptor());
    }

    /**
     * The system's description of an error code.
     *
     * @param flags {@code FORMAT_MESSAGE_*}
     * @param source NULL
     * @param code an error code
     * @param language 0 for the usual one
     * @param buffer for a UTF-16 string
     * @param length UTF-16 units in the buffer
     * @param arguments NULL
     * @return UTF-16 units without the terminator, or the negated error code
     * @see <a
     *     href="https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-formatmessagew">FormatMessageW</a>
     */
    public static int FormatMessage(
            int flags,
            MemorySegment source,
            int code,
            int language,
            MemorySegment buffer,
            int length,
            MemorySegment arguments) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.ofCount(
                    (int)
                            FormatMessageW.HANDLE.invokeExact(
                                    state, flags, source, code, language, buffer, length,
                                    arguments),
                    state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }
}
