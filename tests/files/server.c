/* SPDX-License-Identifier: GPL-3.0-or-later */
/* server.c: starts lying-server.py and listens to what it says */
#include "server.h"

#include <glib-unix.h>
#include <string.h>
#include <unistd.h>

struct _Server
{
  GSubprocess *process;
  GInputStream *output;
  guint64 port;
};

/* Nothing is waited for. */
static char *
read_all (Server *server)
{
  GString *text = g_string_new (NULL);
  char buffer[4096];
  gssize n;

  while ((n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (server->output), buffer, sizeof buffer,
                                                        NULL, NULL))
         > 0)
    g_string_append_len (text, buffer, n);
  return g_string_free (text, FALSE);
}

Server *
server_start (const char *path)
{
  Server *server = g_new0 (Server, 1);
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "lying-server.py", NULL);
  g_autoptr (GError) error = NULL;
  GString *line = g_string_new (NULL);
  char c;

  server->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "python3",
                                      script, path, NULL);
  g_assert_no_error (error);
  server->output = g_subprocess_get_stdout_pipe (server->process);
  while (g_input_stream_read (server->output, &c, 1, NULL, NULL) == 1 && c != '\n')
    g_string_append_c (line, c);
  server->port = g_ascii_strtoull (line->str, NULL, 10);
  g_assert_cmpuint (server->port, >, 0);
  g_string_free (line, TRUE);
  return server;
}

void
server_stop (Server *server)
{
  /* It ends with its input. */
  g_output_stream_close (g_subprocess_get_stdin_pipe (server->process), NULL, NULL);
  g_assert_true (g_subprocess_wait (server->process, NULL, NULL));
  g_object_unref (server->process);
  g_free (server);
}

char *
server_dup_address (Server *server, const char *lie)
{
  return g_strdup_printf ("http://127.0.0.1:%" G_GUINT64_FORMAT "/%s", server->port, lie);
}

char *
server_take_log (Server *server)
{
  return read_all (server);
}

char *
server_write_content (const char *path, gsize size)
{
  g_autofree guint8 *content = g_malloc (size);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (gsize i = 0; i < size; i++)
    content[i] = (guint8) g_rand_int (rand);
  g_assert_true (g_file_set_contents (path, (char *) content, (gssize) size, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, content, size);
}
