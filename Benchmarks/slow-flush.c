/* SPDX-License-Identifier: Apache-2.0
 * A library to preload: adds a pause to every flush, so that a fast disk behaves like a cloud volume.
 *   cc -shared -fPIC -O2 -o slow-flush.so slow-flush.c -ldl
 *   LD_PRELOAD=./slow-flush.so FLUSH_DELAY_US=2000 crosswalk serve …
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static void pause_for_flush(void) {
    static long delay = -1;
    if (delay < 0) {
        const char *text = getenv("FLUSH_DELAY_US");
        delay = text ? atol(text) : 2000;
    }
    usleep((useconds_t)delay);
}

int fsync(int descriptor) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    pause_for_flush();
    return real(descriptor);
}

int fdatasync(int descriptor) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    pause_for_flush();
    return real(descriptor);
}
