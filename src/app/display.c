/* SPDX-License-Identifier: GPL-3.0-or-later */
/* display.c: how heatmaps look on the screen */
#include "config.h"

#include "app/display.h"

/**
 * RlvDisplay:
 *
 * An #LrpHeatStyle as properties, so that settings and controls bind to it and views follow its notifications.
 */
struct _RlvDisplay
{
  GObject parent_instance;

  LrpHeatStyle style;
  gboolean pad_heat;
};

G_DEFINE_FINAL_TYPE (RlvDisplay, rlv_display, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_COLORMAP,
  PROP_OVERLAY,
  PROP_GAIN,
  PROP_SMOOTH,
  PROP_OUTLINE,
  PROP_DARK,
  PROP_PAD_HEAT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Where the property's number or flag is kept. */
static const gsize offsets[N_PROPS] = {
  [PROP_OVERLAY] = G_STRUCT_OFFSET (RlvDisplay, style.strength),
  [PROP_GAIN] = G_STRUCT_OFFSET (RlvDisplay, style.gain),
  [PROP_SMOOTH] = G_STRUCT_OFFSET (RlvDisplay, style.smooth),
  [PROP_OUTLINE] = G_STRUCT_OFFSET (RlvDisplay, style.outline),
  [PROP_DARK] = G_STRUCT_OFFSET (RlvDisplay, style.dark),
  [PROP_PAD_HEAT] = G_STRUCT_OFFSET (RlvDisplay, pad_heat),
};

static void
rlv_display_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RlvDisplay *self = RLV_DISPLAY (object);

  if (id == PROP_COLORMAP)
    g_value_set_string (value, self->style.map->entry.name);
  else if (G_VALUE_HOLDS_DOUBLE (value))
    g_value_set_double (value, G_STRUCT_MEMBER (double, self, offsets[id]));
  else
    g_value_set_boolean (value, G_STRUCT_MEMBER (gboolean, self, offsets[id]));
}

/* Settings may name a map that only another version knows: then it is the default one. */
static gboolean
set_colormap (RlvDisplay *self, const char *name)
{
  const LrpColormap *map = name ? lrp_colormap_find (name, NULL) : NULL;

  if (!map)
    map = lrp_colormap_get_default ();
  if (map == self->style.map)
    return FALSE;
  self->style.map = map;
  return TRUE;
}

static gboolean
set_double (double *field, double value)
{
  gboolean changed = *field != value;

  *field = value;
  return changed;
}

static gboolean
set_flag (gboolean *field, gboolean value)
{
  gboolean changed = *field != value;

  *field = value;
  return changed;
}

static void
rlv_display_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RlvDisplay *self = RLV_DISPLAY (object);
  gboolean changed;

  if (id == PROP_COLORMAP)
    changed = set_colormap (self, g_value_get_string (value));
  else if (G_VALUE_HOLDS_DOUBLE (value))
    changed = set_double (G_STRUCT_MEMBER_P (self, offsets[id]), g_value_get_double (value));
  else
    changed = set_flag (G_STRUCT_MEMBER_P (self, offsets[id]), g_value_get_boolean (value));
  if (changed)
    g_object_notify_by_pspec (object, pspec);
}

static void
rlv_display_class_init (RlvDisplayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = rlv_display_get_property;
  object_class->set_property = rlv_display_set_property;

  properties[PROP_COLORMAP] = g_param_spec_string ("colormap", NULL, NULL, NULL, flags);
  properties[PROP_OVERLAY] = g_param_spec_double ("overlay", NULL, NULL, 0, 1, 0.9, flags);
  properties[PROP_GAIN] = g_param_spec_double ("gain", NULL, NULL, 0.01, 100, 1, flags);
  properties[PROP_SMOOTH] = g_param_spec_boolean ("smooth", NULL, NULL, FALSE, flags);
  properties[PROP_OUTLINE] = g_param_spec_boolean ("outline", NULL, NULL, TRUE, flags);
  properties[PROP_DARK] = g_param_spec_boolean ("dark", NULL, NULL, FALSE, flags);
  properties[PROP_PAD_HEAT] = g_param_spec_boolean ("pad-heat", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rlv_display_init (RlvDisplay *self)
{
  self->style = (LrpHeatStyle) LRP_HEAT_STYLE_INIT;
  self->style.map = lrp_colormap_get_default ();
  self->style.strength = 0.9;
}

/**
 * rlv_display_new:
 *
 * Returns: (transfer full): the looks that a new user finds
 */
RlvDisplay *
rlv_display_new (void)
{
  return g_object_new (RLV_TYPE_DISPLAY, NULL);
}

/**
 * rlv_display_get_style:
 * @self: the looks
 *
 * Returns: (transfer none): the same as one struct; valid until a property changes
 */
const LrpHeatStyle *
rlv_display_get_style (RlvDisplay *self)
{
  g_return_val_if_fail (RLV_IS_DISPLAY (self), NULL);
  return &self->style;
}
