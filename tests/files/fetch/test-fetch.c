/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-fetch.c: a file comes whole and right or not at all, whatever the server does */
#include "files/fetch/fetch.h"
#include "server.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#define SIZE 300000
#define HALF (SIZE / 2)

typedef struct
{
  char *folder, *content, *path, *part, *tag, *sum;
  Server *server;
} Fixture;

/* One server for all tests. */
static Server *server;
static char *content, *sum;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("fetch-XXXXXX", NULL);
  f->content = content;
  f->sum = sum;
  f->server = server;
  f->path = g_build_filename (f->folder, "net.onnx", NULL);
  f->part = g_strconcat (f->path, ".part", NULL);
  f->tag = g_strconcat (f->part, ".tag", NULL);
  g_free (server_take_log (server));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_unlink (f->path);
  g_unlink (f->part);
  g_unlink (f->tag);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
  g_free (f->path);
  g_free (f->part);
  g_free (f->tag);
}

static gsize
size_of (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? (gsize) info.st_size : 0;
}

/* lies: words, in the order in which they are tried. */
static gboolean
fetch_with (Fixture *f, const char *lies, LrpProgress progress, gpointer data, GCancellable *cancellable,
            GError **error)
{
  g_auto (GStrv) addresses = g_strsplit (lies, " ", -1);
  const LrpFetch fetch = { (const char *const *) addresses, f->path, SIZE, f->sum, 1 };

  for (guint i = 0; addresses[i]; i++)
    if (!strstr (addresses[i], "://"))
      {
        char *address = server_dup_address (f->server, addresses[i]);
        g_free (addresses[i]);
        addresses[i] = address;
      }
  return lrp_fetch (&fetch, progress, data, cancellable, error);
}

static void
assert_fetches (Fixture *f, const char *lies)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *got = NULL, *wanted = NULL;
  gsize got_size, wanted_size;

  fetch_with (f, lies, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (f->path, &got, &got_size, NULL));
  g_assert_true (g_file_get_contents (f->content, &wanted, &wanted_size, NULL));
  g_assert_cmpmem (got, got_size, wanted, wanted_size);
  g_assert_false (g_file_test (f->part, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (f->tag, G_FILE_TEST_EXISTS));
}

static void
assert_fails (Fixture *f, const char *lies, int code, const char *says)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (fetch_with (f, lies, NULL, NULL, NULL, &error));
  g_test_message ("%s: %s", lies, error->message);
  g_assert_error (error, LRP_FETCH_ERROR, code);
  if (!strstr (error->message, says))
    g_error ("%s is not in: %s", says, error->message);
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
}

/* What was asked for since the last time. */
static void
assert_asked (Fixture *f, const char *log)
{
  g_autofree char *asked = server_take_log (f->server);

  g_assert_cmpstr (asked, ==, log);
}

/* --- lies --------------------------------------------------------------------------------------------------------- */

typedef struct
{
  const char *lie;
  LrpFetchError code;
  const char *says;
  gsize kept;
} Lie;

static const Lie lies[] = {
  { "wrong_sum", LRP_FETCH_ERROR_WRONG, "its checksum is another; nothing was kept", 0 },
  { "short", LRP_FETCH_ERROR_WRONG, "another file under that name: of 299900 bytes instead of 300000", 0 },
  { "short_unannounced", LRP_FETCH_ERROR_BROKEN, "sent only 299900 of 300000 bytes; they are kept", SIZE - 100 },
  { "long_unannounced", LRP_FETCH_ERROR_WRONG, "sends more than the 300000 bytes", 0 },
  { "missing", LRP_FETCH_ERROR_REFUSED, "127.0.0.1 does not have the file (status 404)", 0 },
  { "busy", LRP_FETCH_ERROR_REFUSED, "too busy now (status 503); try again later", 0 },
  { "web_page", LRP_FETCH_ERROR_REFUSED, "a web page instead of the file", 0 },
  { "redirect_for_ever", LRP_FETCH_ERROR_REFUSED, "from one address to the next without end", 0 },
  { "redirect_to_file", LRP_FETCH_ERROR_REFUSED, "where we do not go", 0 },
  { "stall", LRP_FETCH_ERROR_BROKEN, "nothing came from 127.0.0.1 any more", HALF },
  { "drop_always", LRP_FETCH_ERROR_BROKEN, "nothing has come yet; try again later", 0 },
  { "drop_half", LRP_FETCH_ERROR_BROKEN, "what has come is kept, and trying again goes on from there", HALF },
};

static void
test_lie (Fixture *f, gconstpointer data)
{
  const Lie *lie = data;

  assert_fails (f, lie->lie, (int) lie->code, lie->says);
  g_assert_cmpuint (size_of (f->part), ==, lie->kept);
  g_assert_cmpint (g_file_test (f->part, G_FILE_TEST_EXISTS), ==, lie->kept > 0);
  /* An honest server makes good whatever was left. */
  assert_fetches (f, "honest");
}

/* A lie about another part of the file than was asked for harms nothing. */
static void
test_other_part (Fixture *f, gconstpointer data)
{
  assert_fails (f, "drop_half", LRP_FETCH_ERROR_BROKEN, "broke off");
  assert_fails (f, "other_part", LRP_FETCH_ERROR_REFUSED, "another part of the file");
  g_assert_cmpuint (size_of (f->part), ==, HALF);
}

static gboolean
is_hung_up (void)
{
  g_autofree char *log = server_take_log (server);

  return strstr (log, "hung-up") != NULL;
}

/* As soon as it is too much, nothing more is taken. */
static void
test_hangs_up (Fixture *f, gconstpointer data)
{
  assert_fails (f, "long_unannounced", LRP_FETCH_ERROR_WRONG, "more than");
  for (guint i = 0; i < 1000; i++)
    {
      if (is_hung_up ())
        return;
      g_usleep (10000);
    }
  g_assert_not_reached ();
}

/* --- what works --------------------------------------------------------------------------------------------------- */

static void
test_honest (Fixture *f, gconstpointer data)
{
  assert_fetches (f, "honest");
  assert_asked (f, "/honest - - 200\n");
  /* What is there and right is not asked for again. */
  assert_fetches (f, "honest");
  assert_asked (f, "");
  /* What is there and wrong is. */
  g_assert_true (g_file_set_contents (f->path, "not a network", -1, NULL));
  assert_fetches (f, "honest");
  assert_asked (f, "/honest - - 200\n");
}

static void
test_redirect (Fixture *f, gconstpointer data)
{
  assert_fetches (f, "redirect");
  assert_asked (f, "/redirect - - 302\n/honest - - 200\n");
}

static void
test_slow (Fixture *f, gconstpointer data)
{
  assert_fetches (f, "slow");
}

/* What comes too slowly is given up on; what came of it is kept, and elsewhere it goes on from there. */
static void
test_dribble (Fixture *f, gconstpointer data)
{
  gsize kept;

  assert_fails (f, "dribble", LRP_FETCH_ERROR_BROKEN,
                "127.0.0.1 sends less than 1000 bytes a second, which is given up on; what has come is kept");
  kept = size_of (f->part);
  g_assert_cmpuint (kept, >, 0);
  g_assert_cmpuint (kept, <, HALF);
  assert_fetches (f, "honest");
}

/* Only the rest is asked for, of the same edition. */
static void
test_drop (Fixture *f, gconstpointer data)
{
  assert_fetches (f, "drop");
  assert_asked (f, "/drop - - 200\n/drop bytes=150000- \"edition-1\" 206\n");
}

static void
test_later (Fixture *f, gconstpointer data)
{
  assert_fails (f, "drop_half", LRP_FETCH_ERROR_BROKEN, "broke off");
  g_free (server_take_log (f->server));
  /* What another server calls its edition says nothing here. */
  assert_fetches (f, "honest");
  assert_asked (f, "/honest bytes=150000- - 206\n");
}

static void
write_part (Fixture *f, gsize size, char xor, const char *edition)
{
  g_autofree char *bytes = NULL, *address = server_dup_address (f->server, "honest");
  g_autofree char *tag = g_strdup_printf ("%s\n%s\n", address, edition);

  g_assert_true (g_file_get_contents (f->content, &bytes, NULL, NULL));
  for (gsize i = 0; i < size; i++)
    bytes[i] ^= xor;
  g_assert_true (g_file_set_contents (f->part, bytes, (gssize) size, NULL));
  if (edition)
    g_assert_true (g_file_set_contents (f->tag, tag, -1, NULL));
}

static void
test_other_edition (Fixture *f, gconstpointer data)
{
  write_part (f, HALF, 1, "\"edition-0\"");
  assert_fetches (f, "honest");
  assert_asked (f, "/honest bytes=150000- \"edition-0\" 200\n");
}

/* Nobody said that what was there is of another file, but the checksum does: it is all fetched, once. */
static void
test_bad_beginning (Fixture *f, gconstpointer data)
{
  write_part (f, HALF, 1, NULL);
  assert_fetches (f, "untagged");
  assert_asked (f, "/untagged bytes=150000- - 206\n/untagged - - 200\n");
}

static void
test_complete_part (Fixture *f, gconstpointer data)
{
  write_part (f, SIZE, 0, NULL);
  assert_fetches (f, "honest");
  assert_asked (f, "");
  g_unlink (f->path);
  write_part (f, SIZE, 1, NULL);
  assert_fetches (f, "honest");
  assert_asked (f, "/honest - - 200\n");
}

static void
test_no_ranges (Fixture *f, gconstpointer data)
{
  write_part (f, HALF, 1, NULL);
  assert_fetches (f, "no_ranges");
  assert_asked (f, "/no_ranges bytes=150000- - 200\n");
}

/* --- several addresses -------------------------------------------------------------------------------------------- */

static void
test_next_address (Fixture *f, gconstpointer data)
{
  assert_fetches (f, "missing wrong_sum drop_half honest");
}

/* Of all failures the one that says most is told. */
static void
test_worst_failure (Fixture *f, gconstpointer data)
{
  assert_fails (f, "wrong_sum missing", LRP_FETCH_ERROR_WRONG, "its checksum is another");
  assert_fails (f, "http://127.0.0.1:1/ missing", LRP_FETCH_ERROR_REFUSED, "404");
}

static void
test_unreachable (Fixture *f, gconstpointer data)
{
  assert_fails (f, "http://127.0.0.1:1/", LRP_FETCH_ERROR_UNREACHABLE, "is this computer connected to the Internet?");
  assert_asked (f, "");
}

/* Without encryption anybody on the way could see what is fetched. */
static void
test_no_https (Fixture *f, gconstpointer data)
{
  assert_fails (f, "http://relevance.invalid/net.onnx", LRP_FETCH_ERROR_REFUSED, "no https address");
  assert_fails (f, "ftp://127.0.0.1/net.onnx", LRP_FETCH_ERROR_REFUSED, "no https address");
  assert_fails (f, "file:///etc/hostname", LRP_FETCH_ERROR_REFUSED, "no https address");
}

/* --- stopping ----------------------------------------------------------------------------------------------------- */

typedef struct
{
  GCancellable *cancellable;
  double last;
  guint calls;
} Watch;

static void
cancel_at_a_third (double fraction, gpointer data)
{
  Watch *watch = data;

  g_assert_cmpfloat (fraction, >=, watch->last);
  watch->last = fraction;
  watch->calls++;
  if (fraction > 0.33)
    g_cancellable_cancel (watch->cancellable);
}

static void
count (double fraction, gpointer data)
{
  Watch *watch = data;

  g_assert_cmpfloat (fraction, >, watch->last);
  watch->last = fraction;
  watch->calls++;
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Watch watch = { cancellable }, rest = { NULL };
  gsize kept;

  g_assert_false (fetch_with (f, "slow", cancel_at_a_third, &watch, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  kept = size_of (f->part);
  g_assert_cmpuint (kept, >, SIZE / 4);
  g_assert_cmpuint (kept, <, SIZE * 3 / 4);
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
  g_free (server_take_log (f->server));
  g_assert_true (fetch_with (f, "slow", count, &rest, NULL, NULL));
  g_autofree char *asked = server_take_log (f->server);
  g_autofree char *wanted = g_strdup_printf ("/slow bytes=%" G_GSIZE_FORMAT "- \"edition-1\" 206\n", kept);
  g_assert_cmpstr (asked, ==, wanted);
  g_assert_cmpfloat (rest.last, ==, 1);
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (200000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

/* Where nothing comes, it still stops. */
static void
test_cancel_in_silence (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);

  g_assert_false (fetch_with (f, "stall", NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

/* --- the disk ----------------------------------------------------------------------------------------------------- */

static void
test_full (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  struct rlimit before, limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = (struct rlimit){ 100000, before.rlim_max };
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  fetch_with (f, "honest honest", NULL, NULL, NULL, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_nonnull (error);
  g_assert_true (error->domain == G_FILE_ERROR);
  g_assert_true (g_str_has_prefix (error->message, f->part));
  g_assert_nonnull (strstr (error->message, g_strerror (EFBIG)));
  /* Another server would not help; what fitted is kept. */
  assert_asked (f, "/honest - - 200\n");
  g_assert_cmpuint (size_of (f->part), ==, 100000);
  assert_fetches (f, "honest");
}

static void
test_no_room (Fixture *f, gconstpointer data)
{
  g_autofree char *address = server_dup_address (f->server, "honest");
  const char *const addresses[] = { address, NULL };
  const LrpFetch fetch = { addresses, f->path, G_GUINT64_CONSTANT (1) << 60, f->sum, 1 };
  g_autoptr (GError) error = NULL;

  g_assert_false (lrp_fetch (&fetch, NULL, NULL, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  g_assert_nonnull (strstr (error->message, "make room and try again"));
  assert_asked (f, "");
}

static void
test_not_writable (Fixture *f, gconstpointer data)
{
  g_autofree char *before = f->path;
  g_autoptr (GError) error = NULL;

  f->path = g_build_filename (f->content, "net.onnx", NULL);
  g_assert_false (fetch_with (f, "honest", NULL, NULL, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
  g_free (f->path);
  f->path = g_steal_pointer (&before);
}

/* A link is not followed: what it leads to is somebody's file. */
static void
test_link (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink (f->content, f->part), ==, 0);
  g_assert_false (fetch_with (f, "honest", NULL, NULL, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_LOOP);
  g_assert_cmpuint (size_of (f->content), ==, SIZE);
}

/* Two at once would write into each other's file. */
static void
test_two_at_once (Fixture *f, gconstpointer data)
{
  int fd;

  write_part (f, HALF, 0, NULL);
  fd = g_open (f->part, O_RDWR | O_CLOEXEC, 0);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  assert_fails (f, "honest", LRP_FETCH_ERROR_BUSY, "being fetched already");
  g_assert_cmpuint (size_of (f->part), ==, HALF);
  close (fd);
  assert_fetches (f, "honest");
}

static void
start (void)
{
  g_autofree char *folder = g_dir_make_tmp ("fetch-XXXXXX", NULL);

  content = g_build_filename (folder, "content", NULL);
  sum = server_write_content (content, SIZE);
  server = server_start (content);
}

static void
stop (void)
{
  g_autofree char *folder = g_path_get_dirname (content);

  server_stop (server);
  g_unlink (content);
  g_rmdir (folder);
  g_free (content);
  g_free (sum);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  start ();
  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autofree char *name = g_strconcat ("/fetch/lie/", lies[i].lie, NULL);
      g_test_add (name, Fixture, &lies[i], set_up, test_lie, tear_down);
    }
#define ADD(name, function) g_test_add ("/fetch/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("lie/other_part", test_other_part);
  ADD ("hangs-up", test_hangs_up);
  ADD ("honest", test_honest);
  ADD ("redirect", test_redirect);
  ADD ("slow", test_slow);
  ADD ("dribble", test_dribble);
  ADD ("resume/drop", test_drop);
  ADD ("resume/later", test_later);
  ADD ("resume/other-edition", test_other_edition);
  ADD ("resume/bad-beginning", test_bad_beginning);
  ADD ("resume/complete", test_complete_part);
  ADD ("resume/no-ranges", test_no_ranges);
  ADD ("addresses/next", test_next_address);
  ADD ("addresses/worst-failure", test_worst_failure);
  ADD ("addresses/unreachable", test_unreachable);
  ADD ("addresses/no-https", test_no_https);
  ADD ("cancel", test_cancel);
  ADD ("cancel-in-silence", test_cancel_in_silence);
  ADD ("disk/full", test_full);
  ADD ("disk/no-room", test_no_room);
  ADD ("disk/not-writable", test_not_writable);
  ADD ("disk/link", test_link);
  ADD ("two-at-once", test_two_at_once);
  status = g_test_run ();
  stop ();
  return status;
}
