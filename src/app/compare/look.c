/* SPDX-License-Identifier: GPL-3.0-or-later */
/* look.c: what all maps of a comparison share: their scale, and what was drawn */
#include "config.h"

#include "app/compare/look-private.h"

/**
 * RlvCompareLook:
 *
 * #RlvCompareLook::changed says that maps must be painted anew, #RlvCompareLook::pointed that another place is pointed
 * at. Ink is rendered once for all maps of one size.
 */
G_DEFINE_FINAL_TYPE (RlvCompareLook, rlv_compare_look, G_TYPE_OBJECT)

/* What cannot be drawn in one frame goes on in the next; in milliseconds. */
#define FRAME 16

enum
{
  PROP_0,
  PROP_LOCKED,
  PROP_ZOOM,
  N_PROPS
};

enum
{
  CHANGED,
  POINTED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
say_changed (RlvCompareLook *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
say_pointed (RlvCompareLook *self)
{
  g_signal_emit (self, signals[POINTED], 0);
}

static void
document_cb (RlvCompareLook *self)
{
  rlv_compare_backdrop_forget (self->backdrop);
  say_changed (self);
}

static gboolean
again_cb (gpointer data)
{
  RlvCompareLook *self = data;

  self->again = 0;
  document_cb (self);
  return G_SOURCE_REMOVE;
}

static void
rlv_compare_look_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RlvCompareLook *self = RLV_COMPARE_LOOK (object);

  if (id == PROP_LOCKED)
    g_value_set_boolean (value, self->locked);
  else
    g_value_set_double (value, self->zoom);
}

static void
rlv_compare_look_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  rlv_compare_look_set_locked (RLV_COMPARE_LOOK (object), g_value_get_boolean (value));
}

static void
rlv_compare_look_finalize (GObject *object)
{
  RlvCompareLook *self = RLV_COMPARE_LOOK (object);

  g_clear_handle_id (&self->again, g_source_remove);
  g_hash_table_unref (self->largest);
  rlv_compare_backdrop_free (self->backdrop);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rlv_compare_look_parent_class)->finalize (object);
}

static void
rlv_compare_look_class_init (RlvCompareLookClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = rlv_compare_look_get_property;
  object_class->set_property = rlv_compare_look_set_property;
  object_class->finalize = rlv_compare_look_finalize;

  properties[PROP_LOCKED] = g_param_spec_boolean ("locked", NULL, NULL, FALSE, flags | G_PARAM_READWRITE);
  properties[PROP_ZOOM] =
      g_param_spec_double ("zoom", NULL, NULL, 1, RLV_COMPARE_ZOOM_MAX, 1, flags | G_PARAM_READABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * RlvCompareLook::changed:
   * @self: the look
   *
   * Maps look another way.
   */
  signals[CHANGED] =
      g_signal_new ("changed", RLV_TYPE_COMPARE_LOOK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * RlvCompareLook::pointed:
   * @self: the look
   *
   * Another place is pointed at, or none; or other pixels are pinned.
   */
  signals[POINTED] =
      g_signal_new ("pointed", RLV_TYPE_COMPARE_LOOK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rlv_compare_look_init (RlvCompareLook *self)
{
  self->zoom = 1;
  self->largest = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->backdrop = rlv_compare_backdrop_new ();
}

/**
 * rlv_compare_look_new:
 * @session: whose drawing is seen
 *
 * Returns: (transfer full): a look at all of it, each map in a scale of its own
 */
RlvCompareLook *
rlv_compare_look_new (RlvSession *session)
{
  RlvCompareLook *self = g_object_new (RLV_TYPE_COMPARE_LOOK, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (rlv_session_get_document (session), "changed", G_CALLBACK (document_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rlv_session_get_display (session), "notify", G_CALLBACK (say_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rlv_session_get_pins (session), "changed", G_CALLBACK (say_pointed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * rlv_compare_look_get_session:
 * @self: a look
 *
 * Returns: (transfer none): whose drawing is seen
 */
RlvSession *
rlv_compare_look_get_session (RlvCompareLook *self)
{
  g_return_val_if_fail (RLV_IS_COMPARE_LOOK (self), NULL);
  return self->session;
}

/* --- scale -------------------------------------------------------------------------------------------------------- */

/**
 * rlv_compare_look_get_locked:
 * @self: a look
 *
 * Returns: whether one scale of colours is for all maps
 */
gboolean
rlv_compare_look_get_locked (RlvCompareLook *self)
{
  g_return_val_if_fail (RLV_IS_COMPARE_LOOK (self), FALSE);
  return self->locked;
}

/**
 * rlv_compare_look_set_locked:
 * @self: a look
 * @locked: whether one scale of colours is for all maps
 */
void
rlv_compare_look_set_locked (RlvCompareLook *self, gboolean locked)
{
  g_return_if_fail (RLV_IS_COMPARE_LOOK (self));

  if (self->locked == locked)
    return;
  self->locked = locked;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOCKED]);
  say_changed (self);
}

/**
 * rlv_compare_look_set_largest:
 * @self: a look
 * @map: whoever shows relevance
 * @largest: what gets the full colour in its own scale; 0 where it shows none that counts
 */
void
rlv_compare_look_set_largest (RlvCompareLook *self, gpointer map, double largest)
{
  GHashTableIter iter;
  gpointer value;
  double scale = 0;

  g_return_if_fail (RLV_IS_COMPARE_LOOK (self));

  if (largest > 0)
    g_hash_table_insert (self->largest, map, g_memdup2 (&largest, sizeof largest));
  else
    g_hash_table_remove (self->largest, map);
  g_hash_table_iter_init (&iter, self->largest);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    scale = MAX (scale, *(double *) value);
  if (scale == self->scale)
    return;
  self->scale = scale;
  if (self->locked)
    say_changed (self);
}

/**
 * rlv_compare_look_get_scale:
 * @self: a look
 *
 * Returns: the relevance that gets the full colour in all maps; 0 where each has its own
 */
double
rlv_compare_look_get_scale (RlvCompareLook *self)
{
  g_return_val_if_fail (RLV_IS_COMPARE_LOOK (self), 0);
  return self->locked ? self->scale : 0;
}

/* --- what was drawn ----------------------------------------------------------------------------------------------- */

/**
 * rlv_compare_look_get_ink:
 * @self: a look
 * @size: of a map, in device pixels
 *
 * Returns: (transfer none): A8: what is seen of the drawing
 */
cairo_surface_t *
rlv_compare_look_get_ink (RlvCompareLook *self, int size)
{
  cairo_surface_t *ink;

  g_return_val_if_fail (RLV_IS_COMPARE_LOOK (self), NULL);

  ink = rlv_compare_backdrop_get_ink (self->backdrop, rlv_session_get_document (self->session), size, self->zoom,
                                      self->u, self->v);
  if (rlv_compare_backdrop_is_behind (self->backdrop) && !self->again)
    self->again = g_timeout_add (FRAME, again_cb, self);
  return ink;
}

/**
 * rlv_compare_look_get_picture:
 * @self: a look
 * @shown: what a network was shown of a photo
 * @width: of a map, in device pixels
 * @height: of the same
 *
 * Returns: (transfer none): what is seen of the photo
 */
cairo_surface_t *
rlv_compare_look_get_picture (RlvCompareLook *self, const LrpShown *shown, int width, int height)
{
  double x = MAX (shown->x, 0), y = MAX (shown->y, 0), w, h;
  LrpShown part;

  g_return_val_if_fail (RLV_IS_COMPARE_LOOK (self), NULL);

  lrp_shown_get_size (shown, &w, &h);
  part = (LrpShown){ shown->picture, x + self->u * w, y + self->v * h, w / self->zoom, h / self->zoom };
  return rlv_compare_backdrop_get_picture (self->backdrop, &part, width, height);
}
