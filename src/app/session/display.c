/* SPDX-License-Identifier: GPL-3.0-or-later */
/* display.c: how heatmaps look on the screen */
#include "config.h"

#include "app/session/display.h"

#include <string.h>

/**
 * RlvDisplay:
 *
 * An #LrpHeatStyle as properties, so that settings and controls bind to it and views follow its notifications.
 */
struct _RlvDisplay
{
  GObject parent_instance;

  LrpHeatStyle style;
  LrpColormap *own_map; /* nullable: that the style has, where it is no built-in one */
  gboolean dark;        /* whether the program is */
  RlvPaper paper;
  gboolean pad_heat;
};

const char *const rlv_display_looks[] = { "colormap", "overlay", "gain",     "clip", "smooth",
                                          "outline",  "paper",   "pad-heat", NULL };

/**
 * rlv_paper_get_type:
 *
 * Returns: the type of #RlvPaper, whose nicks are "style", "light" and "dark"
 */
G_DEFINE_ENUM_TYPE (RlvPaper, rlv_paper, G_DEFINE_ENUM_VALUE (RLV_PAPER_STYLE, "style"),
                    G_DEFINE_ENUM_VALUE (RLV_PAPER_LIGHT, "light"), G_DEFINE_ENUM_VALUE (RLV_PAPER_DARK, "dark"))

G_DEFINE_FINAL_TYPE (RlvDisplay, rlv_display, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_COLORMAP,
  PROP_OVERLAY,
  PROP_GAIN,
  PROP_CLIP,
  PROP_SMOOTH,
  PROP_OUTLINE,
  PROP_DARK,
  PROP_PAPER,
  PROP_PAD_HEAT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Where the property's number or flag is kept. */
static const gsize offsets[N_PROPS] = {
  [PROP_OVERLAY] = G_STRUCT_OFFSET (RlvDisplay, style.strength),
  [PROP_GAIN] = G_STRUCT_OFFSET (RlvDisplay, style.gain),
  [PROP_CLIP] = G_STRUCT_OFFSET (RlvDisplay, style.clip),
  [PROP_SMOOTH] = G_STRUCT_OFFSET (RlvDisplay, style.smooth),
  [PROP_OUTLINE] = G_STRUCT_OFFSET (RlvDisplay, style.outline),
  [PROP_DARK] = G_STRUCT_OFFSET (RlvDisplay, dark),
  [PROP_PAD_HEAT] = G_STRUCT_OFFSET (RlvDisplay, pad_heat),
};

static void
rlv_display_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RlvDisplay *self = RLV_DISPLAY (object);

  if (id == PROP_COLORMAP)
    g_value_set_string (value, self->style.map->entry.name);
  else if (id == PROP_PAPER)
    g_value_set_enum (value, self->paper);
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
  LrpColormap *own = name && !map ? lrp_colormap_new (name, NULL) : NULL;

  if (!map)
    map = own ? own : lrp_colormap_get_default ();
  if (strcmp (map->entry.name, self->style.map->entry.name) == 0)
    {
      lrp_colormap_free (own);
      return FALSE;
    }
  self->style.map = map;
  lrp_colormap_free (self->own_map);
  self->own_map = own;
  return TRUE;
}

static gboolean
set_paper (RlvDisplay *self, RlvPaper paper)
{
  gboolean changed = self->paper != paper;

  self->paper = paper;
  return changed;
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
  else if (id == PROP_PAPER)
    changed = set_paper (self, (RlvPaper) g_value_get_enum (value));
  else if (G_VALUE_HOLDS_DOUBLE (value))
    changed = set_double (G_STRUCT_MEMBER_P (self, offsets[id]), g_value_get_double (value));
  else
    changed = set_flag (G_STRUCT_MEMBER_P (self, offsets[id]), g_value_get_boolean (value));
  if (!changed)
    return;
  self->style.dark = self->paper == RLV_PAPER_STYLE ? self->dark : self->paper == RLV_PAPER_DARK;
  g_object_notify_by_pspec (object, pspec);
}

static void
rlv_display_finalize (GObject *object)
{
  lrp_colormap_free (RLV_DISPLAY (object)->own_map);
  G_OBJECT_CLASS (rlv_display_parent_class)->finalize (object);
}

static void
rlv_display_class_init (RlvDisplayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = rlv_display_get_property;
  object_class->set_property = rlv_display_set_property;
  object_class->finalize = rlv_display_finalize;

  properties[PROP_COLORMAP] = g_param_spec_string ("colormap", NULL, NULL, NULL, flags);
  properties[PROP_OVERLAY] = g_param_spec_double ("overlay", NULL, NULL, 0, 1, 0.9, flags);
  properties[PROP_GAIN] = g_param_spec_double ("gain", NULL, NULL, 0.01, 100, 1, flags);
  properties[PROP_CLIP] = g_param_spec_double ("clip", NULL, NULL, 1, 100, 100, flags);
  properties[PROP_SMOOTH] = g_param_spec_boolean ("smooth", NULL, NULL, FALSE, flags);
  properties[PROP_OUTLINE] = g_param_spec_boolean ("outline", NULL, NULL, TRUE, flags);
  properties[PROP_DARK] = g_param_spec_boolean ("dark", NULL, NULL, FALSE, flags);
  properties[PROP_PAPER] = g_param_spec_enum ("paper", NULL, NULL, RLV_TYPE_PAPER, RLV_PAPER_STYLE, flags);
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
