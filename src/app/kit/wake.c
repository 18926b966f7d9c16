/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wake.c: how a thread wakes the main loop: a source whose ready time it sets */
#include "config.h"

#include "app/kit/wake.h"

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs wake_funcs = { .dispatch = dispatch };

/**
 * rlv_wake_new:
 * @name: what the source is called; static
 * @work: done in the caller's thread-default main context whenever the source is woken; it calls rlv_wake_done() first
 * @data: for @work
 *
 * Comes before the next frame is painted, so that it already shows what the work brought.
 *
 * Returns: (transfer full): a source that is attached; rlv_wake_free() ends it
 */
GSource *
rlv_wake_new (const char *name, GSourceFunc work, gpointer data)
{
  GSource *source = g_source_new (&wake_funcs, sizeof (GSource));

  g_source_set_static_name (source, name);
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, work, data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

/**
 * rlv_wake_up:
 * @source: a source, in whatever thread
 */
void
rlv_wake_up (GSource *source)
{
  g_source_set_ready_time (source, 0);
}

/**
 * rlv_wake_done:
 * @source: a source that was woken
 *
 * What comes from now on wakes it again.
 */
void
rlv_wake_done (GSource *source)
{
  g_source_set_ready_time (source, -1);
}

/**
 * rlv_wake_free:
 * @source: (transfer full): a source
 */
void
rlv_wake_free (GSource *source)
{
  g_source_destroy (source);
  g_source_unref (source);
}
