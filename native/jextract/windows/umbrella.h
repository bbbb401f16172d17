// SPDX-License-Identifier: Apache-2.0
/* What jextract reads for Windows: the headers of the call layer, wide-character functions. */
#define WIN32_LEAN_AND_MEAN
#define UNICODE
#define _UNICODE
#define _WIN32_WINNT 0x0A00
#define WINVER 0x0A00
#include <windows.h>
