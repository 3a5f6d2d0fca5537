/* Preloaded into a logi under torment: the AT-th change of a file under FOLDER is killed, refused, or cut in two.

   TORMENT_FOLDER  only files below it count        TORMENT_AT    which change is struck (1, 2, …; 0 none)
   TORMENT_ACT     kill | eio | full | short        TORMENT_ALWAYS  strike every later change too
   TORMENT_COUNT   a file that grows by one byte with each change counted                                       */
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
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static long changes;

static int below(const char *path) {
  const char *folder = getenv("TORMENT_FOLDER");
  size_t length = folder ? strlen(folder) : 0;
  return length && strncmp(path, folder, length) == 0 && path[length] == '/';
}

static int below_fd(int fd) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return below(path);
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
  return hit < 0 ? -1 : real(fd, bytes, hit ? HALF(n) : n);
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at) {
  REAL(pwrite);
  int hit = below_fd(fd) ? struck(2) : 0;
  return hit < 0 ? -1 : real(fd, bytes, hit ? HALF(n) : n, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at) {
  REAL(pwrite64);
  int hit = below_fd(fd) ? struck(2) : 0;
  return hit < 0 ? -1 : real(fd, bytes, hit ? HALF(n) : n, at);
}

int fsync(int fd) {
  REAL(fsync);
  return below_fd(fd) && struck(0) < 0 ? -1 : real(fd);
}

int fdatasync(int fd) {
  REAL(fdatasync);
  return below_fd(fd) && struck(0) < 0 ? -1 : real(fd);
}

int ftruncate(int fd, off_t n) {
  REAL(ftruncate);
  return below_fd(fd) && struck(0) < 0 ? -1 : real(fd, n);
}

int ftruncate64(int fd, off64_t n) {
  REAL(ftruncate64);
  return below_fd(fd) && struck(0) < 0 ? -1 : real(fd, n);
}

int unlink(const char *path) {
  REAL(unlink);
  return below(path) && struck(0) < 0 ? -1 : real(path);
}

int link(const char *from, const char *to) {
  REAL(link);
  return below(to) && struck(1) < 0 ? -1 : real(from, to);
}

int linkat(int a, const char *from, int b, const char *to, int flags) {
  REAL(linkat);
  return below(to) && struck(1) < 0 ? -1 : real(a, from, b, to, flags);
}

int rename(const char *from, const char *to) {
  REAL(rename);
  return below(to) && struck(1) < 0 ? -1 : real(from, to);
}

#define OPENING(name)                                                                                      \
  int name(const char *path, int flags, ...) {                                                             \
    REAL(name);                                                                                            \
    va_list rest;                                                                                          \
    va_start(rest, flags);                                                                                 \
    mode_t mode = va_arg(rest, mode_t);                                                                    \
    va_end(rest);                                                                                          \
    int makes = (flags & O_CREAT) && below(path) && access(path, F_OK);                                    \
    return makes && struck(1) < 0 ? -1 : real(path, flags, mode);                                          \
  }
OPENING(open)
OPENING(open64)
