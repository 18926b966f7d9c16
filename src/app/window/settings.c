/* SPDX-License-Identifier: GPL-3.0-or-later */
/* settings.c: what is remembered from one start to the next */
#include "config.h"

#include "app/window/settings.h"

/* Where the schema lies when the program was installed to a place of its own: beside the folder of the program. */
static char *
find_schema_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program ? g_path_get_dirname (program) : NULL;

  return folder ? g_build_filename (folder, "..", "share", "glib-2.0", "schemas", NULL) : NULL;
}

static GSettingsSchema *
find_schema (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  GSettingsSchema *schema = source ? g_settings_schema_source_lookup (source, RELEVANCE_APP_ID, TRUE) : NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GSettingsSchemaSource) own = NULL;

  if (schema)
    return schema;
  folder = find_schema_folder ();
  own = folder ? g_settings_schema_source_new_from_directory (folder, source, TRUE, NULL) : NULL;
  return own ? g_settings_schema_source_lookup (own, RELEVANCE_APP_ID, TRUE) : NULL;
}

/**
 * rlv_settings_new:
 *
 * Returns: (transfer full) (nullable): the settings; %NULL where the program was not installed completely, so that
 * nothing says what they are
 */
GSettings *
rlv_settings_new (void)
{
  g_autoptr (GSettingsSchema) schema = find_schema ();

  return schema ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

static void
remember_request (RlvSession *session, GParamSpec *pspec, GSettings *settings)
{
  g_autofree char *text = lrp_request_to_string (rlv_session_get_request (session));
  g_autofree char *old = g_settings_get_string (settings, "request");

  if (!g_str_equal (text, old))
    g_settings_set_string (settings, "request", text);
}

static void
recall_request (RlvSession *session, GSettings *settings)
{
  g_autofree char *text = g_settings_get_string (settings, "request");
  g_autoptr (LrpRequest) request = lrp_request_copy (rlv_session_get_request (session));
  g_autoptr (GError) error = NULL;

  /* What another version wrote may mean nothing to this one; then its default is as good as any. */
  if (lrp_request_set_method (request, text, &error))
    rlv_session_set_request (session, request);
  else
    g_debug ("the request remembered is not used: %s", error->message);
}

/**
 * rlv_settings_follow:
 * @settings: the settings
 * @session: takes what was remembered, and is remembered from now on
 * @pad: whose pen and brush are remembered
 */
void
rlv_settings_follow (GSettings *settings, RlvSession *session, RlvPadColumn *pad)
{
  RlvDisplay *display = rlv_session_get_display (session);
  RlvPhotoPad *photo = rlv_pad_column_get_photo (pad);

  for (guint i = 0; rlv_display_looks[i]; i++)
    g_settings_bind (settings, rlv_display_looks[i], display, rlv_display_looks[i], G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "fit", session, "fit", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "pen-width", rlv_pad_column_get_sketchpad (pad), "pen-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "brush-width", photo, "brush-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "brush-fill", photo, "fill", G_SETTINGS_BIND_DEFAULT);
  recall_request (session, settings);
  g_signal_connect_object (session, "notify::request", G_CALLBACK (remember_request), settings, 0);
}
