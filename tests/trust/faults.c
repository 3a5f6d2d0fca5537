/* Preloaded into a logi under torment: the AT-th change of a file under FOLDER is killed, refused, or cut in two; or every
   change is written down, so that a power cut after any of them can be played.

   TORMENT_FOLDER  only files below it count        TORMENT_AT    which change is struck (1, 2, …; 0 none)
   TORMENT_ACT     kill | eio | full | short        TORMENT_ALWAYS  strike every later change too
   TORMENT_COUNT   a file that grows by one byte with each change counted
   TORMENT_LOG     a file that gets a record for each change done: "kind offset bytes path\n" and the bytes
                   kinds: c made, w written, t cut to offset, s synced, u unlinked, r renamed, l linked (the bytes are the new
                   name), d folder made, A an answer was given on standard output                                            */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static long changes;

static int below(const char *path) {
  const char *folder = getenv("TORMENT_FOLDER");
  size_t length = folder ? strlen(folder) : 0;
  return length && strncmp(path, folder, length) == 0 && path[length] == '/';
}

static int path_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return 1;
}

static int below_fd(int fd) {
  char path[PATH_MAX];
  return path_of(fd, path) && below(path);
}

static void noted(char kind, long long at, const void *bytes, size_t n, const char *path) {
  const char *log = getenv("TORMENT_LOG");
  if (!log) return;
  int kept = errno;
  int fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_CREAT | O_WRONLY | O_APPEND, 0600);
  char head[PATH_MAX + 64];
  int length = snprintf(head, sizeof head, "%c %lld %zu %s\n", kind, at, n, path);
  syscall(SYS_write, fd, head, length);
  if (n) syscall(SYS_write, fd, bytes, n);
  syscall(SYS_close, fd);
  errno = kept;
}

static void noted_fd(char kind, long long at, const void *bytes, size_t n, int fd) {
  char path[PATH_MAX];
  if (getenv("TORMENT_LOG") && path_of(fd, path) && below(path)) noted(kind, at, bytes, n, path);
}

/* 0: go on; -1: refused, errno is set; 1: only half of it. `gives`: whether this call can find the disk full. */
static int struck(int gives) {
  const char *at = getenv("TORMENT_AT"), *act = getenv("TORMENT_ACT"), *count = getenv("TORMENT_COUNT");
  changes++;
  if (count) {
    int fd = (int)syscall(SYS_openat, AT_FDCWD, count, O_CREAT | O_WRONLY | O_APPEND, 0600);
    syscall(SYS_write, fd, ".", 1);
    syscall(SYS_close, fd);
  }
  long wanted = at ? atol(at) : 0;
  if (!wanted || !act || changes < wanted || (changes > wanted && !getenv("TORMENT_ALWAYS"))) return 0;
  if (!strcmp(act, "kill")) {
    kill(getpid(), SIGKILL);
    pause();
  }
  if (!strcmp(act, "short")) return gives == 2;
  if (!strcmp(act, "full") && !gives) return 0;
  errno = strcmp(act, "full") ? EIO : ENOSPC;
  return -1;
}

#define REAL(name) __typeof__(name) *real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)
#define HALF(n) ((n) > 1 ? (n) / 2 : (n))

ssize_t write(int fd, const void *bytes, size_t n) {
  REAL(write);
  int hit = below_fd(fd) ? struck(2) : 0;
  if (hit < 0) return -1;
  long long at = lseek(fd, 0, SEEK_CUR);
  ssize_t done = real(fd, bytes, hit ? HALF(n) : n);
  if (done > 0) noted_fd('w', at < 0 ? 0 : at, bytes, done, fd);
  if (done > 0 && fd == 1) noted('A', 0, 0, 0, "-");
  return done;
}

#define PWRITING(name, offset)                                                                             \
  ssize_t name(int fd, const void *bytes, size_t n, offset at) {                                           \
    REAL(name);                                                                                            \
    int hit = below_fd(fd) ? struck(2) : 0;                                                                \
    if (hit < 0) return -1;                                                                                \
    ssize_t done = real(fd, bytes, hit ? HALF(n) : n, at);                                                 \
    if (done > 0) noted_fd('w', at, bytes, done, fd);                                                      \
    return done;                                                                                           \
  }
PWRITING(pwrite, off_t)
PWRITING(pwrite64, off64_t)

#define SYNCING(name)                                                                                      \
  int name(int fd) {                                                                                       \
    REAL(name);                                                                                            \
    if (below_fd(fd) && struck(0) < 0) return -1;                                                          \
    int done = real(fd);                                                                                   \
    if (!done) noted_fd('s', 0, 0, 0, fd);                                                                 \
    return done;                                                                                           \
  }
SYNCING(fsync)
SYNCING(fdatasync)

#define CUTTING(name, offset)                                                                              \
  int name(int fd, offset n) {                                                                             \
    REAL(name);                                                                                            \
    if (below_fd(fd) && struck(0) < 0) return -1;                                                          \
    int done = real(fd, n);                                                                                \
    if (!done) noted_fd('t', n, 0, 0, fd);                                                                 \
    return done;                                                                                           \
  }
CUTTING(ftruncate, off_t)
CUTTING(ftruncate64, off64_t)

int unlink(const char *path) {
  REAL(unlink);
  if (below(path) && struck(0) < 0) return -1;
  int done = real(path);
  if (!done && below(path)) noted('u', 0, 0, 0, path);
  return done;
}

int mkdir(const char *path, mode_t mode) {
  REAL(mkdir);
  if (below(path) && access(path, F_OK) && struck(1) < 0) return -1;
  int done = real(path, mode);
  if (!done && below(path)) noted('d', 0, 0, 0, path);
  return done;
}

int link(const char *from, const char *to) {
  REAL(link);
  if (below(to) && struck(1) < 0) return -1;
  int done = real(from, to);
  if (!done && below(to)) noted('l', 0, to, strlen(to), from);
  return done;
}

int linkat(int a, const char *from, int b, const char *to, int flags) {
  REAL(linkat);
  if (below(to) && struck(1) < 0) return -1;
  int done = real(a, from, b, to, flags);
  if (!done && below(to)) noted('l', 0, to, strlen(to), from);
  return done;
}

int rename(const char *from, const char *to) {
  REAL(rename);
  if (below(to) && struck(1) < 0) return -1;
  int done = real(from, to);
  if (!done && below(to)) noted('r', 0, to, strlen(to), from);
  return done;
}

#define OPENING(name)                                                                                      \
  int name(const char *path, int flags, ...) {                                                             \
    REAL(name);                                                                                            \
    va_list rest;                                                                                          \
    va_start(rest, flags);                                                                                 \
    mode_t mode = va_arg(rest, mode_t);                                                                    \
    va_end(rest);                                                                                          \
    int makes = (flags & O_CREAT) && below(path) && access(path, F_OK);                                    \
    if (makes && struck(1) < 0) return -1;                                                                 \
    int fd = real(path, flags, mode);                                                                      \
    if (fd >= 0 && makes) noted('c', 0, 0, 0, path);                                                       \
    if (fd >= 0 && !makes && (flags & O_TRUNC)) noted_fd('t', 0, 0, 0, fd);                                \
    return fd;                                                                                             \
  }
OPENING(open)
OPENING(open64)
