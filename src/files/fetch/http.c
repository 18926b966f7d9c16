/* SPDX-License-Identifier: GPL-3.0-or-later */
/* http.c: the one file that knows libcurl. What a server says is looked at before anything of it is kept. */
#include "config.h"

#include "files/fetch/http.h"

#include <curl/curl.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <signal.h>
#include <string.h>

#define PATIENCE      30    /* seconds */
#define LEAST_SPEED   1000L /* bytes a second; at less a network would take days */
#define MAX_REDIRECTS 5L
#define TICK          1000 /* milliseconds */

/* One answer is waited for. What the headers say is of the last answer: those before it sent us on. */
typedef struct
{
  const char *address;
  char *host;
  LrpDownload *download;
  CURL *curl;
  LrpProgress progress;
  gpointer data;
  char *tag;
  guint64 from, whole; /* of Content-Range: where the part begins, and of how many bytes; 0 where that is not said */
  gboolean begun;      /* the headers were looked at */
  gint64 last;         /* when something came last; 0: never */
  GError *error;       /* found in a callback, which can only stop */
} Get;

/* HTTP statuses that people can do something about. */
static const struct
{
  long status;
  const char *sentence;
} refusals[] = {
  { 401, N_("%s gives the file only to those who log in (status %ld); another address is needed") },
  { 403, N_("%s does not give the file to us (status %ld); another address is needed") },
  { 404, N_("%s does not have the file (status %ld); it may have moved") },
  { 410, N_("%s does not have the file any more (status %ld); it may have moved") },
  { 429, N_("%s was asked too often (status %ld); try again later") },
  { 503, N_("%s is too busy now (status %ld); try again later") },
};

/* How transfers fail; what is not here broke off. The first place is the host, the second what libcurl says. */
static const struct
{
  CURLcode code;
  LrpFetchError error;
  const char *sentence;
} failures[] = {
  { CURLE_COULDNT_RESOLVE_HOST, LRP_FETCH_ERROR_UNREACHABLE,
    N_("%s cannot be reached (%s); is this computer connected to the Internet?") },
  { CURLE_COULDNT_RESOLVE_PROXY, LRP_FETCH_ERROR_UNREACHABLE,
    N_("%s cannot be reached, as the proxy is not found (%s); see the network settings") },
  { CURLE_COULDNT_CONNECT, LRP_FETCH_ERROR_UNREACHABLE,
    N_("%s cannot be reached (%s); is this computer connected to the Internet?") },
  { CURLE_SSL_CONNECT_ERROR, LRP_FETCH_ERROR_UNREACHABLE, N_("no secure connection to %s is possible (%s)") },
  { CURLE_PEER_FAILED_VERIFICATION, LRP_FETCH_ERROR_REFUSED,
    N_("%s cannot prove that it is who it says (%s), so it was not asked for the file") },
  { CURLE_TOO_MANY_REDIRECTS, LRP_FETCH_ERROR_REFUSED,
    N_("%s sends us from one address to the next without end (%s)") },
  { CURLE_UNSUPPORTED_PROTOCOL, LRP_FETCH_ERROR_REFUSED,
    N_("%s sends us to an address that is not https, where we do not go (%s)") },
};

static gboolean fail (Get *get, LrpFetchError code, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
fail (Get *get, LrpFetchError code, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (!get->error)
    get->error = g_error_new_valist (LRP_FETCH_ERROR, (int) code, format, arguments);
  va_end (arguments);
  return FALSE;
}

static gboolean
fail_status (Get *get, long status)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (refusals[i].status == status)
      return fail (get, LRP_FETCH_ERROR_REFUSED, _(refusals[i].sentence), get->host, status);
  return fail (get, LRP_FETCH_ERROR_REFUSED, _("%s did not give the file (status %ld); try again later"), get->host,
               status);
}

/* A file of another length is another file. */
static gboolean
fail_size (Get *get, guint64 size)
{
  return fail (
      get, LRP_FETCH_ERROR_WRONG,
      _("%s has another file under that name: of %" PRIu64 " bytes instead of %" PRIu64 "; nothing of it was taken"),
      get->host, size, get->download->fetch->bytes);
}

/* A whole file begins; of one that we have a part of, the rest was not to be had alone, or it was changed. */
static gboolean
begin_whole (Get *get)
{
  curl_off_t length = -1;

  curl_easy_getinfo (get->curl, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
  if (length >= 0 && (guint64) length != get->download->fetch->bytes)
    return fail_size (get, (guint64) length);
  if (get->download->size > 0 && !lrp_download_restart (get->download, &get->error))
    return FALSE;
  lrp_download_set_tag (get->download, get->address, get->tag);
  return TRUE;
}

static gboolean
begin_rest (Get *get)
{
  if (get->whole > 0 && get->whole != get->download->fetch->bytes)
    return fail_size (get, get->whole);
  return get->from == get->download->size
         || fail (get, LRP_FETCH_ERROR_REFUSED, _("%s sends another part of the file than it was asked for"),
                  get->host);
}

/* Networks that want people to log in first answer everything with their own page. */
static gboolean
is_web_page (Get *get)
{
  const char *type = NULL;

  curl_easy_getinfo (get->curl, CURLINFO_CONTENT_TYPE, &type);
  return type && g_ascii_strncasecmp (type, "text/html", strlen ("text/html")) == 0;
}

static gboolean
begin (Get *get)
{
  long status = 0;

  get->begun = TRUE;
  curl_easy_getinfo (get->curl, CURLINFO_RESPONSE_CODE, &status);
  if (status == 416 && get->download->size > 0)
    return lrp_download_restart (get->download, &get->error)
           && fail (get, LRP_FETCH_ERROR_BROKEN, _("%s has less of the file than is here already; try again"),
                    get->host);
  if (status != 200 && status != 206)
    return fail_status (get, status);
  if (is_web_page (get))
    return fail (get, LRP_FETCH_ERROR_REFUSED,
                 _("%s answers with a web page instead of the file; does this network ask you to log in first?"),
                 get->host);
  return status == 200 ? begin_whole (get) : begin_rest (get);
}

static gsize
write_cb (char *data, gsize size, gsize n, gpointer user_data)
{
  Get *get = user_data;
  guint64 bytes = get->download->fetch->bytes;

  get->last = g_get_monotonic_time ();
  if (get->error || (!get->begun && !begin (get)))
    return 0;
  if (n > bytes - get->download->size)
    {
      if (lrp_download_restart (get->download, &get->error))
        fail (get, LRP_FETCH_ERROR_WRONG,
              _("%s sends more than the %" PRIu64 " bytes that the file has; nothing was kept"), get->host, bytes);
      return 0;
    }
  if (!lrp_download_append (get->download, data, n, &get->error))
    return 0;
  if (get->progress)
    get->progress ((double) get->download->size / (double) bytes, get->data);
  return n;
}

/* Reads the header Content-Range: "bytes 100-199/200". */
static void
read_range (Get *get, const char *value)
{
  const char *slash = strchr (value, '/');

  if (!g_str_has_prefix (value, "bytes "))
    return;
  get->from = g_ascii_strtoull (value + strlen ("bytes "), NULL, 10);
  get->whole = slash ? g_ascii_strtoull (slash + 1, NULL, 10) : 0;
}

static gsize
header_cb (char *data, gsize size, gsize n, gpointer user_data)
{
  Get *get = user_data;
  g_autofree char *line = g_strchomp (g_strndup (data, n));
  const char *colon = strchr (line, ':');
  g_autofree char *value = colon ? g_strstrip (g_strdup (colon + 1)) : NULL;

  if (g_str_has_prefix (line, "HTTP/"))
    {
      g_clear_pointer (&get->tag, g_free);
      get->from = get->whole = 0;
    }
  else if (value && g_ascii_strncasecmp (line, "etag:", strlen ("etag:")) == 0 && *value == '"')
    {
      /* A weak one, W/"…", promises nothing about bytes. */
      g_free (get->tag);
      get->tag = g_steal_pointer (&value);
    }
  else if (value && g_ascii_strncasecmp (line, "content-range:", strlen ("content-range:")) == 0)
    read_range (get, value);
  return n;
}

/* Addresses must be encrypted, but for those on this very computer, which tests use. */
static const char *
find_protocols (GUri *uri)
{
  static const char *const own[] = { "localhost", "127.0.0.1", "::1" };

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (g_strcmp0 (g_uri_get_host (uri), own[i]) == 0)
      return "http,https";
  return "https";
}

static gboolean
is_followed (GUri *uri)
{
  g_auto (GStrv) protocols = uri && g_uri_get_host (uri) ? g_strsplit (find_protocols (uri), ",", -1) : NULL;

  return protocols && g_strv_contains ((const char *const *) protocols, g_uri_get_scheme (uri));
}

static struct curl_slist *
set_range (Get *get)
{
  g_autofree char *tag = lrp_download_dup_tag (get->download, get->address);
  g_autofree char *range = g_strdup_printf ("%" G_GUINT64_FORMAT "-", get->download->size);
  g_autofree char *condition = tag ? g_strconcat ("If-Range: ", tag, NULL) : NULL;

  if (get->download->size > 0)
    curl_easy_setopt (get->curl, CURLOPT_RANGE, range);
  return condition ? curl_slist_append (NULL, condition) : NULL;
}

static guint
get_patience (const Get *get)
{
  return get->download->fetch->patience ? get->download->fetch->patience : PATIENCE;
}

static void
set_options (Get *get, const char *protocols)
{
  guint patience = get_patience (get);

  curl_easy_setopt (get->curl, CURLOPT_URL, get->address);
  curl_easy_setopt (get->curl, CURLOPT_USERAGENT, "Relevance/" RELEVANCE_VERSION);
  curl_easy_setopt (get->curl, CURLOPT_PROTOCOLS_STR, protocols);
  curl_easy_setopt (get->curl, CURLOPT_REDIR_PROTOCOLS_STR, protocols);
  curl_easy_setopt (get->curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt (get->curl, CURLOPT_MAXREDIRS, MAX_REDIRECTS);
  curl_easy_setopt (get->curl, CURLOPT_CONNECTTIMEOUT, (long) patience);
  curl_easy_setopt (get->curl, CURLOPT_LOW_SPEED_LIMIT, LEAST_SPEED);
  curl_easy_setopt (get->curl, CURLOPT_LOW_SPEED_TIME, (long) patience);
  curl_easy_setopt (get->curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (get->curl, CURLOPT_WRITEFUNCTION, write_cb);
  curl_easy_setopt (get->curl, CURLOPT_WRITEDATA, get);
  curl_easy_setopt (get->curl, CURLOPT_HEADERFUNCTION, header_cb);
  curl_easy_setopt (get->curl, CURLOPT_HEADERDATA, get);
}

/* Waits until the transfer is over or somebody cancels, which wakes it at once. */
static CURLcode
transfer (CURLM *multi, GCancellable *cancellable)
{
  struct curl_waitfd wake = { .fd = (curl_socket_t) g_cancellable_get_fd (cancellable), .events = CURL_WAIT_POLLIN };
  CURLMsg *message = NULL;
  int running = 1, left;

  while (!g_cancellable_is_cancelled (cancellable) && curl_multi_perform (multi, &running) == CURLM_OK && running)
    if (curl_multi_poll (multi, &wake, wake.fd >= 0 ? 1 : 0, TICK, NULL) != CURLM_OK)
      break;
  if (wake.fd >= 0)
    g_cancellable_release_fd (cancellable);
  message = curl_multi_info_read (multi, &left);
  return message && message->msg == CURLMSG_DONE ? message->data.result : CURLE_ABORTED_BY_CALLBACK;
}

/* A server that hangs up must not end the program, and what the program does about signals is its own affair. */
static CURLcode
transfer_quietly (CURLM *multi, GCancellable *cancellable)
{
  sigset_t pipe, before, pending;
  CURLcode code;
  int number;

  sigemptyset (&pipe);
  sigaddset (&pipe, SIGPIPE);
  pthread_sigmask (SIG_BLOCK, &pipe, &before);
  code = transfer (multi, cancellable);
  if (!sigismember (&before, SIGPIPE) && sigpending (&pending) == 0 && sigismember (&pending, SIGPIPE) == 1)
    sigwait (&pipe, &number);
  pthread_sigmask (SIG_SETMASK, &before, NULL);
  return code;
}

/* What has become of the part that came. */
static const char *
describe_kept (const Get *get)
{
  return get->download->size > 0 ? _("what has come is kept, and trying again goes on from there")
                                 : _("nothing has come yet; try again later");
}

/* Too little came for too long, or nothing at all. */
static gboolean
fail_slow (Get *get)
{
  gint64 silence = g_get_monotonic_time () - get->last;

  if (get->last > 0 && silence < get_patience (get) * G_USEC_PER_SEC)
    return fail (get, LRP_FETCH_ERROR_BROKEN, _("%s sends less than %ld bytes a second, which is given up on; %s"),
                 get->host, LEAST_SPEED, describe_kept (get));
  return fail (get, LRP_FETCH_ERROR_BROKEN, _("nothing came from %s any more for %u seconds; %s"), get->host,
               get_patience (get), describe_kept (get));
}

static gboolean
fail_transfer (Get *get, CURLcode code, const char *detail)
{
  const char *reason = *detail ? detail : curl_easy_strerror (code);

  if (code == CURLE_OPERATION_TIMEDOUT)
    return fail_slow (get);
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    if (failures[i].code == code)
      return fail (get, failures[i].error, _(failures[i].sentence), get->host, reason);
  return fail (get, LRP_FETCH_ERROR_BROKEN, _("the connection to %s broke off (%s); %s"), get->host, reason,
               describe_kept (get));
}

static gboolean
check_end (Get *get, CURLcode code, const char *detail)
{
  if (get->error)
    return FALSE;
  if (code != CURLE_OK)
    return fail_transfer (get, code, detail);
  /* The answer has no body. */
  if (!get->begun && !begin (get))
    return FALSE;
  return get->download->size == get->download->fetch->bytes
         || fail (
             get, LRP_FETCH_ERROR_BROKEN,
             _("%s sent only %" PRIu64 " of %" PRIu64 " bytes; they are kept, and trying again goes on from there"),
             get->host, get->download->size, get->download->fetch->bytes);
}

static void
run (Get *get, const char *protocols, GCancellable *cancellable)
{
  char detail[CURL_ERROR_SIZE] = "";
  struct curl_slist *headers = NULL;
  CURLM *multi = curl_multi_init ();
  CURLcode code;

  get->curl = curl_easy_init ();
  g_assert (multi && get->curl);
  set_options (get, protocols);
  headers = set_range (get);
  curl_easy_setopt (get->curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt (get->curl, CURLOPT_ERRORBUFFER, detail);
  curl_multi_add_handle (multi, get->curl);
  code = transfer_quietly (multi, cancellable);
  if (!g_cancellable_set_error_if_cancelled (cancellable, get->error ? NULL : &get->error))
    check_end (get, code, detail);
  curl_multi_remove_handle (multi, get->curl);
  curl_easy_cleanup (get->curl);
  curl_multi_cleanup (multi);
  curl_slist_free_all (headers);
}

/**
 * lrp_http_get:
 * @address: where the file may be
 * @download: what there is of it
 * @progress: (nullable): told how much is there
 * @data: for @progress
 * @cancellable: (nullable): to stop
 * @error: return location for an error
 *
 * Asks for what is missing of a file, and adds it; a server that gives only whole files starts it anew. A few redirects
 * are followed, and only to https.
 *
 * Returns: whether as many bytes as the file shall have are there; not yet whether they are right
 */
gboolean
lrp_http_get (const char *address, LrpDownload *download, LrpProgress progress, gpointer data,
              GCancellable *cancellable, GError **error)
{
  static gsize ready;
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  Get get = { .address = address, .download = download, .progress = progress, .data = data };

  if (g_once_init_enter (&ready))
    {
      curl_global_init (CURL_GLOBAL_DEFAULT);
      g_once_init_leave (&ready, 1);
    }
  if (!is_followed (uri))
    {
      g_set_error (error, LRP_FETCH_ERROR, LRP_FETCH_ERROR_REFUSED,
                   _("“%s” is not asked, as it is no https address; the catalogue needs another one"), address);
      return FALSE;
    }
  get.host = g_strdup (g_uri_get_host (uri));
  run (&get, find_protocols (uri), cancellable);
  g_free (get.host);
  g_free (get.tag);
  if (!get.error)
    return TRUE;
  g_propagate_error (error, get.error);
  return FALSE;
}
