/* The fastest SMTP server we could write: it reads, answers and forgets, in one thread.

   fast_sink PORT [MILLISECONDS]     each group of replies is held back that long

   It prints how many mails it took when it is ended by SIGTERM. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define ROOM (1 << 18)
#define MOST 256

struct session {
  int fd, in_content;
  size_t length, owed;
  double due;
  char in[ROOM], out[4096];
};

static struct session *sessions[MOST];
static volatile sig_atomic_t ended;
static long mails;

static void end(int signal) { (void)signal; ended = 1; }

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void say(struct session *s, const char *words) {
  size_t length = strlen(words);
  if (s->owed + length > sizeof s->out) return;
  memcpy(s->out + s->owed, words, length);
  s->owed += length;
}

static int flush(struct session *s) {
  ssize_t sent = s->owed ? write(s->fd, s->out, s->owed) : 0;
  s->owed = 0;
  return sent >= 0;
}

static void answer(struct session *s, const char *line) {
  if (!strncasecmp(line, "EHLO", 4)) {
    say(s, "250-fast\r\n250-PIPELINING\r\n250 8BITMIME\r\n");
  } else if (!strncasecmp(line, "HELO", 4)) {
    say(s, "250 fast\r\n");
  } else if (!strncasecmp(line, "DATA", 4)) {
    say(s, "354 go ahead\r\n");
    s->in_content = 1;
  } else if (!strncasecmp(line, "QUIT", 4)) {
    say(s, "221 bye\r\n");
  } else {
    say(s, "250 2.0.0 ok\r\n");
  }
}

/* All that can be told from what came in; what is not whole yet stays. */
static void digest(struct session *s) {
  size_t at = 0;
  for (;;) {
    const char *mark = s->in_content ? "\r\n.\r\n" : "\r\n";
    size_t width = s->in_content ? 5 : 2;
    char *found = memmem(s->in + at, s->length - at, mark, width);
    if (!found) break;
    if (s->in_content) {
      s->in_content = 0;
      mails++;
      say(s, "250 2.0.0 taken\r\n");
    } else {
      answer(s, s->in + at);
    }
    at = (size_t)(found - s->in) + width;
  }
  size_t keep = s->length - at;
  if (s->in_content && keep > 4) keep = 4;
  memmove(s->in, s->in + s->length - keep, keep);
  s->length = keep;
}

int main(int count, char **argument) {
  double delay = count > 2 ? atof(argument[2]) : 0;
  int listener = socket(AF_INET, SOCK_STREAM, 0), yes = 1, poll = epoll_create1(0);
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argument[1]))};
  inet_pton(AF_INET, "127.0.0.1", &here.sin_addr);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(listener, (void *)&here, sizeof here) || listen(listener, 128)) return 1;
  struct sigaction action = {.sa_handler = end};
  sigaction(SIGTERM, &action, NULL);
  struct epoll_event event = {.events = EPOLLIN, .data.u32 = MOST}, events[64];
  epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
  while (!ended) {
    int ready = epoll_wait(poll, events, 64, delay ? 1 : 100);
    for (int i = 0; i < ready; i++) {
      unsigned place = events[i].data.u32;
      if (place == MOST) {
        int fd = accept(listener, NULL, NULL);
        for (place = 0; place < MOST && sessions[place]; place++) continue;
        if (fd < 0 || place == MOST) continue;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        sessions[place] = calloc(1, sizeof **sessions);
        sessions[place]->fd = fd;
        struct epoll_event one = {.events = EPOLLIN, .data.u32 = place};
        epoll_ctl(poll, EPOLL_CTL_ADD, fd, &one);
        say(sessions[place], "220 fast ESMTP\r\n");
        flush(sessions[place]);
        continue;
      }
      struct session *s = sessions[place];
      ssize_t got = read(s->fd, s->in + s->length, ROOM - s->length);
      if (got <= 0) {
        close(s->fd);
        free(s);
        sessions[place] = NULL;
        continue;
      }
      s->length += (size_t)got;
      size_t before = s->owed;
      digest(s);
      if (!delay) flush(s);
      else if (s->owed > before && !before) s->due = now() + delay;
    }
    if (delay)
      for (int i = 0; i < MOST; i++)
        if (sessions[i] && sessions[i]->owed && sessions[i]->due <= now()) flush(sessions[i]);
  }
  printf("%ld\n", mails);
  return 0;
}
