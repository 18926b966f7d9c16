/* SPDX-License-Identifier: GPL-3.0-or-later */
/* testlib.c: what window tests need besides GTK */
#include "config.h"

#include "testlib.h"

#include <X11/extensions/XTest.h>
#include <gdk/x11/gdkx.h>

static gboolean
a_message_dialog_is_up (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  gboolean found = FALSE;

  for (guint i = 0; !found && i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GObject) window = g_list_model_get_item (windows, i);
      found = g_str_equal (G_OBJECT_TYPE_NAME (window), "AdwMessageDialog");
    }
  return found;
}

/* AdwMessageDialog tries whether its heading fits in large type, of which GTK 4.18 warns. That is between the two. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer data)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") && g_str_has_prefix (fields[i].value, "Trying to measure GtkLabel ")
        && a_message_dialog_is_up ())
      return G_LOG_WRITER_HANDLED;
  return g_log_writer_default (level, fields, n, data);
}

__attribute__ ((constructor)) static void
listen_to_log (void)
{
  g_log_set_writer_func (write_log, NULL, NULL);
}

static gboolean
set_flag (gpointer flag)
{
  *(gboolean *) flag = TRUE;
  return G_SOURCE_REMOVE;
}

gboolean
test_wait_until (TestPredicate predicate, gpointer data, guint timeout_ms)
{
  gboolean expired = FALSE, came_true;
  /* It only wakes the loop, which would otherwise sleep for ever. */
  guint id = g_timeout_add (timeout_ms, set_flag, &expired);

  while (!(came_true = predicate (data)) && !expired)
    g_main_context_iteration (NULL, TRUE);
  if (!expired)
    g_source_remove (id);
  return came_true;
}

static void
count_down (GdkFrameClock *clock, gpointer data)
{
  guint *left = data;

  if (*left > 0)
    (*left)--;
}

static gboolean
is_zero (gpointer data)
{
  return *(guint *) data == 0;
}

gboolean
test_wait_frames (GtkWidget *widget, guint n, guint timeout_ms)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  guint left = n;
  gulong handler;
  gboolean painted;

  g_assert_nonnull (clock);
  handler = g_signal_connect (clock, "after-paint", G_CALLBACK (count_down), &left);
  gtk_widget_queue_draw (widget);
  gdk_frame_clock_begin_updating (clock);
  painted = test_wait_until (is_zero, &left, timeout_ms);
  gdk_frame_clock_end_updating (clock);
  g_signal_handler_disconnect (clock, handler);
  return painted;
}

void
test_drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* --- finding ------------------------------------------------------------------------------------------------------ */

GtkWidget *
test_find (GtkWidget *root, TestMatch match, gconstpointer data)
{
  GtkWidget *found = match (root, data) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = test_find (child, match, data);
  return found;
}

static gboolean
has_id (GtkWidget *widget, gconstpointer id)
{
  return g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), id) == 0;
}

GtkWidget *
test_find_by_id (GtkWidget *root, const char *id)
{
  return test_find (root, has_id, id);
}

typedef struct
{
  GType type;
  guint *left;
} TypeMatch;

static gboolean
has_type (GtkWidget *widget, gconstpointer data)
{
  const TypeMatch *match = data;

  return g_type_is_a (G_OBJECT_TYPE (widget), match->type) && (*match->left)-- == 0;
}

GtkWidget *
test_find_by_type (GtkWidget *root, GType type, guint nth)
{
  return test_find (root, has_type, &(TypeMatch){ type, &nth });
}

static gboolean
has_text (GtkWidget *widget, const char *property, const char *label)
{
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (widget), property);
  g_autofree char *text = NULL, *plain = NULL;
  g_auto (GStrv) parts = NULL;

  if (!pspec || pspec->value_type != G_TYPE_STRING || !(pspec->flags & G_PARAM_READABLE))
    return FALSE;
  g_object_get (widget, property, &text, NULL);
  if (!text)
    return FALSE;
  parts = g_strsplit (text, "_", -1);
  plain = g_strjoinv ("", parts);
  return g_str_equal (text, label) || g_str_equal (plain, label);
}

static gboolean
has_label (GtkWidget *widget, gconstpointer label)
{
  static const char *const properties[] = { "label", "title", "tooltip-text" };
  g_autofree char *difference = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (properties); i++)
    if (has_text (widget, properties[i], label))
      return TRUE;
  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    return FALSE;
  difference = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label);
  return !difference;
}

GtkWidget *
test_find_by_label (GtkWidget *root, const char *label)
{
  return test_find (root, has_label, label);
}

/* --- pointer and keyboard ----------------------------------------------------------------------------------------- */

/* A connection of its own, so that GTK gets the events as from a person. */
static Display *
get_xtest (void)
{
  static Display *display;
  int event, error, major, minor;

  if (!display)
    {
      display = XOpenDisplay (gdk_display_get_name (gdk_display_get_default ()));
      g_assert_nonnull (display);
      g_assert_true (XTestQueryExtension (display, &event, &error, &major, &minor));
    }
  return display;
}

void
test_pointer_move (GtkWidget *widget, double x, double y)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GdkSurface *surface = gtk_native_get_surface (native);
  int scale = gdk_surface_get_scale_factor (surface), root_x, root_y;
  graphene_point_t at;
  double dx, dy;
  Window child;

  g_assert_true (
      gtk_widget_compute_point (widget, GTK_WIDGET (native), &GRAPHENE_POINT_INIT ((float) x, (float) y), &at));
  gtk_native_get_surface_transform (native, &dx, &dy);
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  XTranslateCoordinates (get_xtest (), gdk_x11_surface_get_xid (surface), DefaultRootWindow (get_xtest ()),
                         (int) (((double) at.x + dx) * scale), (int) (((double) at.y + dy) * scale), &root_x, &root_y,
                         &child);
  G_GNUC_END_IGNORE_DEPRECATIONS
  XTestFakeMotionEvent (get_xtest (), -1, root_x, root_y, CurrentTime);
  XSync (get_xtest (), False);
}

void
test_pointer_button (guint button, gboolean down)
{
  XTestFakeButtonEvent (get_xtest (), button, down, CurrentTime);
  XSync (get_xtest (), False);
}

static void
send_key (guint keysym, gboolean down)
{
  XTestFakeKeyEvent (get_xtest (), XKeysymToKeycode (get_xtest (), keysym), down, CurrentTime);
}

static void
send_modifiers (GdkModifierType modifiers, gboolean down)
{
  if (modifiers & GDK_CONTROL_MASK)
    send_key (GDK_KEY_Control_L, down);
  if (modifiers & GDK_SHIFT_MASK)
    send_key (GDK_KEY_Shift_L, down);
  if (modifiers & GDK_ALT_MASK)
    send_key (GDK_KEY_Alt_L, down);
}

void
test_key (guint keyval, GdkModifierType modifiers)
{
  send_modifiers (modifiers, TRUE);
  send_key (keyval, TRUE);
  send_key (keyval, FALSE);
  send_modifiers (modifiers, FALSE);
  XSync (get_xtest (), False);
}

void
test_hold (GdkModifierType modifiers, gboolean down)
{
  send_modifiers (modifiers, down);
  XSync (get_xtest (), False);
}

GdkTexture *
test_render_node (GskRenderNode *node, int width, int height)
{
  g_autoptr (GskRenderer) renderer = gsk_cairo_renderer_new ();
  g_autoptr (GError) error = NULL;
  GdkTexture *texture;

  g_assert_true (gsk_renderer_realize (renderer, NULL, &error));
  g_assert_no_error (error);
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gsk_renderer_unrealize (renderer);
  return texture;
}

GdkTexture *
test_render_widget (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  g_autoptr (GskRenderNode) node = NULL;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  return test_render_node (node, width, height);
}

guint32
test_get_pixel (GdkTexture *texture, int x, int y)
{
  int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  gsize stride = (gsize) width * 4;
  g_autofree guchar *data = g_malloc (stride * (gsize) height);
  guint32 pixel;

  g_assert_true (x >= 0 && x < width && y >= 0 && y < height);
  gdk_texture_download (texture, data, stride);
  memcpy (&pixel, data + (gsize) y * stride + (gsize) x * 4, 4);
  return pixel & 0xffffff;
}

static void
forget (gpointer alive, GObject *where)
{
  g_hash_table_remove (alive, where);
}

static gboolean
is_tooltip (GtkWidget *widget)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkTooltipWindow");
}

/* The tooltip is GTK's own, for one window after the other. GTK 4.8 takes it off a window that is disposed already, and
 * makes that an action muxer anew which nobody frees; so it is taken off before. */
static void
track (GtkWidget *window, GHashTable *alive)
{
  GQueue queue = G_QUEUE_INIT;
  GtkWidget *widget;

  g_queue_push_tail (&queue, window);
  while ((widget = g_queue_pop_head (&queue)))
    {
      g_hash_table_insert (alive, widget, g_strdup (G_OBJECT_TYPE_NAME (widget)));
      g_object_weak_ref (G_OBJECT (widget), forget, alive);
      for (GtkWidget *child = gtk_widget_get_first_child (widget), *next; child; child = next)
        {
          next = gtk_widget_get_next_sibling (child);
          if (is_tooltip (child))
            gtk_widget_unparent (child);
          else
            g_queue_push_tail (&queue, child);
        }
    }
}

static gboolean
are_gone (gpointer alive)
{
  return g_hash_table_size (alive) == 0;
}

void
test_destroy_window (GtkWindow *window)
{
  g_autoptr (GHashTable) alive = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  GHashTableIter iter;
  gpointer widget, name;
  gboolean gone;

  track (GTK_WIDGET (window), alive);
  gtk_window_destroy (window);
  test_drain ();
  gone = test_wait_until (are_gone, alive, 2000);
  g_hash_table_iter_init (&iter, alive);
  while (g_hash_table_iter_next (&iter, &widget, &name))
    {
      g_object_weak_unref (widget, forget, alive);
      g_test_message ("still there: %s, %u references", (char *) name, G_OBJECT (widget)->ref_count);
    }
  g_assert_true (gone);
}
