// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;

/**
 * Error numbers.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/errno.3.html">errno(3)</a>
 */
public final class Errno {

    /** {@code EPERM}. */
    public static final int EPERM = Linux.EPERM();

    /** {@code ENOENT}. */
    public static final int ENOENT = Linux.ENOENT();

    /** {@code ESRCH}. */
    public static final int ESRCH = Linux.ESRCH();

    /** {@code EINTR}. */
    public static final int EINTR = Linux.EINTR();

    /** {@code EIO}. */
    public static final int EIO = Linux.EIO();

    /** {@code ENXIO}. */
    public static final int ENXIO = Linux.ENXIO();

    /** {@code E2BIG}. */
    public static final int E2BIG = Linux.E2BIG();

    /** {@code ENOEXEC}. */
    public static final int ENOEXEC = Linux.ENOEXEC();

    /** {@code EBADF}. */
    public static final int EBADF = Linux.EBADF();

    /** {@code ECHILD}. */
    public static final int ECHILD = Linux.ECHILD();

    /** {@code EAGAIN}. */
    public static final int EAGAIN = Linux.EAGAIN();

    /** {@code ENOMEM}. */
    public static final int ENOMEM = Linux.ENOMEM();

    /** {@code EACCES}. */
    public static final int EACCES = Linux.EACCES();

    /** {@code EFAULT}. */
    public static final int EFAULT = Linux.EFAULT();

    /** {@code ENOTBLK}. */
    public static final int ENOTBLK = Linux.ENOTBLK();

    /** {@code EBUSY}. */
    public static final int EBUSY = Linux.EBUSY();

    /** {@code EEXIST}. */
    public static final int EEXIST = Linux.EEXIST();

    /** {@code EXDEV}. */
    public static final int EXDEV = Linux.EXDEV();

    /** {@code ENODEV}. */
    public static final int ENODEV = Linux.ENODEV();

    /** {@code ENOTDIR}. */
    public static final int ENOTDIR = Linux.ENOTDIR();

    /** {@code EISDIR}. */
    public static final int EISDIR = Linux.EISDIR();

    /** {@code EINVAL}. */
    public static final int EINVAL = Linux.EINVAL();

    /** {@code ENFILE}. */
    public static final int ENFILE = Linux.ENFILE();

    /** {@code EMFILE}. */
    public static final int EMFILE = Linux.EMFILE();

    /** {@code ENOTTY}. */
    public static final int ENOTTY = Linux.ENOTTY();

    /** {@code ETXTBSY}. */
    public static final int ETXTBSY = Linux.ETXTBSY();

    /** {@code EFBIG}. */
    public static final int EFBIG = Linux.EFBIG();

    /** {@code ENOSPC}. */
    public static final int ENOSPC = Linux.ENOSPC();

    /** {@code ESPIPE}. */
    public static final int ESPIPE = Linux.ESPIPE();

    /** {@code EROFS}. */
    public static final int EROFS = Linux.EROFS();

    /** {@code EMLINK}. */
    public static final int EMLINK = Linux.EMLINK();

    /** {@code EPIPE}. */
    public static final int EPIPE = Linux.EPIPE();

    /** {@code EDOM}. */
    public static final int EDOM = Linux.EDOM();

    /** {@code ERANGE}. */
    public static final int ERANGE = Linux.ERANGE();

    /** {@code EDEADLK}. */
    public static final int EDEADLK = Linux.EDEADLK();

    /** {@code ENAMETOOLONG}. */
    public static final int ENAMETOOLONG = Linux.ENAMETOOLONG();

    /** {@code ENOLCK}. */
    public static final int ENOLCK = Linux.ENOLCK();

    /** {@code ENOSYS}. */
    public static final int ENOSYS = Linux.ENOSYS();

    /** {@code ENOTEMPTY}. */
    public static final int ENOTEMPTY = Linux.ENOTEMPTY();

    /** {@code ELOOP}. */
    public static final int ELOOP = Linux.ELOOP();

    /** {@code ENOMSG}. */
    public static final int ENOMSG = Linux.ENOMSG();

    /** {@code EIDRM}. */
    public static final int EIDRM = Linux.EIDRM();

    /** {@code ECHRNG}. */
    public static final int ECHRNG = Linux.ECHRNG();

    /** {@code EL2NSYNC}. */
    public static final int EL2NSYNC = Linux.EL2NSYNC();

    /** {@code EL3HLT}. */
    public static final int EL3HLT = Linux.EL3HLT();

    /** {@code EL3RST}. */
    public static final int EL3RST = Linux.EL3RST();

    /** {@code ELNRNG}. */
    public static final int ELNRNG = Linux.ELNRNG();

    /** {@code EUNATCH}. */
    public static final int EUNATCH = Linux.EUNATCH();

    /** {@code ENOCSI}. */
    public static final int ENOCSI = Linux.ENOCSI();

    /** {@code EL2HLT}. */
    public static final int EL2HLT = Linux.EL2HLT();

    /** {@code EBADE}. */
    public static final int EBADE = Linux.EBADE();

    /** {@code EBADR}. */
    public static final int EBADR = Linux.EBADR();

    /** {@code EXFULL}. */
    public static final int EXFULL = Linux.EXFULL();

    /** {@code ENOANO}. */
    public static final int ENOANO = Linux.ENOANO();

    /** {@code EBADRQC}. */
    public static final int EBADRQC = Linux.EBADRQC();

    /** {@code EBADSLT}. */
    public static final int EBADSLT = Linux.EBADSLT();

    /** {@code EBFONT}. */
    public static final int EBFONT = Linux.EBFONT();

    /** {@code ENOSTR}. */
    public static final int ENOSTR = Linux.ENOSTR();

    /** {@code ENODATA}. */
    public static final int ENODATA = Linux.ENODATA();

    /** {@code ETIME}. */
    public static final int ETIME = Linux.ETIME();

    /** {@code ENOSR}. */
    public static final int ENOSR = Linux.ENOSR();

    /** {@code ENONET}. */
    public static final int ENONET = Linux.ENONET();

    /** {@code ENOPKG}. */
    public static final int ENOPKG = Linux.ENOPKG();

    /** {@code EREMOTE}. */
    public static final int EREMOTE = Linux.EREMOTE();

    /** {@code ENOLINK}. */
    public static final int ENOLINK = Linux.ENOLINK();

    /** {@code EADV}. */
    public static final int EADV = Linux.EADV();

    /** {@code ESRMNT}. */
    public static final int ESRMNT = Linux.ESRMNT();

    /** {@code ECOMM}. */
    public static final int ECOMM = Linux.ECOMM();

    /** {@code EPROTO}. */
    public static final int EPROTO = Linux.EPROTO();

    /** {@code EMULTIHOP}. */
    public static final int EMULTIHOP = Linux.EMULTIHOP();

    /** {@code EDOTDOT}. */
    public static final int EDOTDOT = Linux.EDOTDOT();

    /** {@code EBADMSG}. */
    public static final int EBADMSG = Linux.EBADMSG();

    /** {@code EOVERFLOW}. */
    public static final int EOVERFLOW = Linux.EOVERFLOW();

    /** {@code ENOTUNIQ}. */
    public static final int ENOTUNIQ = Linux.ENOTUNIQ();

    /** {@code EBADFD}. */
    public static final int EBADFD = Linux.EBADFD();

    /** {@code EREMCHG}. */
    public static final int EREMCHG = Linux.EREMCHG();

    /** {@code ELIBACC}. */
    public static final int ELIBACC = Linux.ELIBACC();

    /** {@code ELIBBAD}. */
    public static final int ELIBBAD = Linux.ELIBBAD();

    /** {@code ELIBSCN}. */
    public static final int ELIBSCN = Linux.ELIBSCN();

    /** {@code ELIBMAX}. */
    public static final int ELIBMAX = Linux.ELIBMAX();

    /** {@code ELIBEXEC}. */
    public static final int ELIBEXEC = Linux.ELIBEXEC();

    /** {@code EILSEQ}. */
    public static final int EILSEQ = Linux.EILSEQ();

    /** {@code ERESTART}. */
    public static final int ERESTART = Linux.ERESTART();

    /** {@code ESTRPIPE}. */
    public static final int ESTRPIPE = Linux.ESTRPIPE();

    /** {@code EUSERS}. */
    public static final int EUSERS = Linux.EUSERS();

    /** {@code ENOTSOCK}. */
    public static final int ENOTSOCK = Linux.ENOTSOCK();

    /** {@code EDESTADDRREQ}. */
    public static final int EDESTADDRREQ = Linux.EDESTADDRREQ();

    /** {@code EMSGSIZE}. */
    public static final int EMSGSIZE = Linux.EMSGSIZE();

    /** {@code EPROTOTYPE}. */
    public static final int EPROTOTYPE = Linux.EPROTOTYPE();

    /** {@code ENOPROTOOPT}. */
    public static final int ENOPROTOOPT = Linux.ENOPROTOOPT();

    /** {@code EPROTONOSUPPORT}. */
    public static final int EPROTONOSUPPORT = Linux.EPROTONOSUPPORT();

    /** {@code ESOCKTNOSUPPORT}. */
    public static final int ESOCKTNOSUPPORT = Linux.ESOCKTNOSUPPORT();

    /** {@code EOPNOTSUPP}. */
    public static final int EOPNOTSUPP = Linux.EOPNOTSUPP();

    /** {@code EPFNOSUPPORT}. */
    public static final int EPFNOSUPPORT = Linux.EPFNOSUPPORT();

    /** {@code EAFNOSUPPORT}. */
    public static final int EAFNOSUPPORT = Linux.EAFNOSUPPORT();

    /** {@code EADDRINUSE}. */
    public static final int EADDRINUSE = Linux.EADDRINUSE();

    /** {@code EADDRNOTAVAIL}. */
    public static final int EADDRNOTAVAIL = Linux.EADDRNOTAVAIL();

    /** {@code ENETDOWN}. */
    public static final int ENETDOWN = Linux.ENETDOWN();

    /** {@code ENETUNREACH}. */
    public static final int ENETUNREACH = Linux.ENETUNREACH();

    /** {@code ENETRESET}. */
    public static final int ENETRESET = Linux.ENETRESET();

    /** {@code ECONNABORTED}. */
    public static final int ECONNABORTED = Linux.ECONNABORTED();

    /** {@code ECONNRESET}. */
    public static final int ECONNRESET = Linux.ECONNRESET();

    /** {@code ENOBUFS}. */
    public static final int ENOBUFS = Linux.ENOBUFS();

    /** {@code EISCONN}. */
    public static final int EISCONN = Linux.EISCONN();

    /** {@code ENOTCONN}. */
    public static final int ENOTCONN = Linux.ENOTCONN();

    /** {@code ESHUTDOWN}. */
    public static final int ESHUTDOWN = Linux.ESHUTDOWN();

    /** {@code ETOOMANYREFS}. */
    public static final int ETOOMANYREFS = Linux.ETOOMANYREFS();

    /** {@code ETIMEDOUT}. */
    public static final int ETIMEDOUT = Linux.ETIMEDOUT();

    /** {@code ECONNREFUSED}. */
    public static final int ECONNREFUSED = Linux.ECONNREFUSED();

    /** {@code EHOSTDOWN}. */
    public static final int EHOSTDOWN = Linux.EHOSTDOWN();

    /** {@code EHOSTUNREACH}. */
    public static final int EHOSTUNREACH = Linux.EHOSTUNREACH();

    /** {@code EALREADY}. */
    public static final int EALREADY = Linux.EALREADY();

    /** {@code EINPROGRESS}. */
    public static final int EINPROGRESS = Linux.EINPROGRESS();

    /** {@code ESTALE}. */
    public static final int ESTALE = Linux.ESTALE();

    /** {@code EUCLEAN}. */
    public static final int EUCLEAN = Linux.EUCLEAN();

    /** {@code ENOTNAM}. */
    public static final int ENOTNAM = Linux.ENOTNAM();

    /** {@code ENAVAIL}. */
    public static final int ENAVAIL = Linux.ENAVAIL();

    /** {@code EISNAM}. */
    public static final int EISNAM = Linux.EISNAM();

    /** {@code EREMOTEIO}. */
    public static final int EREMOTEIO = Linux.EREMOTEIO();

    /** {@code EDQUOT}. */
    public static final int EDQUOT = Linux.EDQUOT();

    /** {@code ENOMEDIUM}. */
    public static final int ENOMEDIUM = Linux.ENOMEDIUM();

    /** {@code EMEDIUMTYPE}. */
    public static final int EMEDIUMTYPE = Linux.EMEDIUMTYPE();

    /** {@code ECANCELED}. */
    public static final int ECANCELED = Linux.ECANCELED();

    /** {@code ENOKEY}. */
    public static final int ENOKEY = Linux.ENOKEY();

    /** {@code EKEYEXPIRED}. */
    public static final int EKEYEXPIRED = Linux.EKEYEXPIRED();

    /** {@code EKEYREVOKED}. */
    public static final int EKEYREVOKED = Linux.EKEYREVOKED();

    /** {@code EKEYREJECTED}. */
    public static final int EKEYREJECTED = Linux.EKEYREJECTED();

    /** {@code EOWNERDEAD}. */
    public static final int EOWNERDEAD = Linux.EOWNERDEAD();

    /** {@code ENOTRECOVERABLE}. */
    public static final int ENOTRECOVERABLE = Linux.ENOTRECOVERABLE();

    /** {@code ERFKILL}. */
    public static final int ERFKILL = Linux.ERFKILL();

    /** {@code EHWPOISON}. */
    public static final int EHWPOISON = Linux.EHWPOISON();

    private static final class StrerrorR {
        static final MethodHandle HANDLE = Link.common("strerror_r");
    }

    private static final int TEXT_SIZE = 256;

    private Errno() {}

    /**
     * {@return the symbolic name of an error number, such as {@code ENOENT}; {@code errno 4095} for
     * one that has none}
     *
     * @param errno an error number, positive
     */
    public static String name(int errno) {
        for (Field field : Errno.class.getFields()) {
            try {
                if (Modifier.isStatic(field.getModifiers()) && field.getInt(null) == errno) {
                    return field.getName();
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        return "errno " + errno;
    }

    /**
     * {@return the C library's description of an error number, such as {@code No such file or
     * directory}} Allocates.
     *
     * @param errno an error number, positive
     * @see <a href="https://man7.org/linux/man-pages/man3/strerror.3.html">strerror_r(3)</a>
     */
    public static String text(int errno) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(TEXT_SIZE);
            long text =
                    Common.raw(
                            StrerrorR.HANDLE,
                            errno,
                            buffer.address(),
                            TEXT_SIZE,
                            0,
                            buffer,
                            MemorySegment.NULL);
            return Link.string(MemorySegment.ofAddress(text));
        }
    }
}
