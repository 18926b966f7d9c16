/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workspace.c: sketchpad, classes and page, arranged as the width allows */
#include "config.h"

#include "app/window/workspace.h"

#define MARGIN  12
#define SPACING 18
/* Narrower than this, the page moves below what is drawn on. */
#define WIDE 620
/* Narrower than this, the classes do so as well. */
#define MEDIUM        500
#define NATURAL_WIDTH 700
#define COLUMN_MIN    276
#define COLUMN_MAX    360

typedef enum
{
  PAD,
  CLASSES,
  PAGE,
  N_AREAS
} Area;

/**
 * RlvWorkspace:
 *
 * Wide: the classes below the pad, the page at their side. Medium: the classes beside the pad, the page below. Narrow:
 * pad, page, classes in one column.
 */
struct _RlvWorkspace
{
  GtkWidget parent_instance;

  GtkWidget *areas[N_AREAS];
};

enum
{
  PROP_0,
  PROP_PAD,
  PROP_CLASSES,
  PROP_PAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RlvWorkspace, rlv_workspace, GTK_TYPE_WIDGET)

/* Where each area goes in a given width. */
typedef struct
{
  int height, natural_height;
  graphene_rect_t areas[N_AREAS];
} Arrangement;

static void
heights_for_width (GtkWidget *area, int width, int *minimum, int *natural)
{
  gtk_widget_measure (area, GTK_ORIENTATION_VERTICAL, width, minimum, natural, NULL, NULL);
}

static int
natural_height (GtkWidget *area, int width)
{
  int minimum, natural;

  heights_for_width (area, width, &minimum, &natural);
  return natural;
}

static void
place (Arrangement *arrangement, Area area, int x, int y, int width, int height)
{
  arrangement->areas[area] = GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height);
  arrangement->height = MAX (arrangement->height, y + height + MARGIN);
}

static void
arrange_wide (RlvWorkspace *self, int width, int height, Arrangement *out)
{
  int column = CLAMP ((width - 2 * MARGIN) / 3, COLUMN_MIN, COLUMN_MAX);
  int page_x = MARGIN + column + SPACING, page_width = width - MARGIN - page_x;
  int pad = natural_height (self->areas[PAD], column);
  int page, page_natural;

  heights_for_width (self->areas[PAGE], page_width, &page, &page_natural);
  place (out, PAD, MARGIN, MARGIN, column, pad);
  place (out, CLASSES, MARGIN, MARGIN + pad + SPACING, column, natural_height (self->areas[CLASSES], column));
  out->natural_height = MAX (out->height, page_natural + 2 * MARGIN);
  out->height = MAX (out->height, page + 2 * MARGIN);
  /* The page takes what the window has. */
  place (out, PAGE, page_x, MARGIN, page_width, MAX (height, out->height) - 2 * MARGIN);
}

static void
arrange_medium (RlvWorkspace *self, int width, int height, Arrangement *out)
{
  int inner = width - 2 * MARGIN;
  int column = CLAMP ((inner - SPACING) / 2, COLUMN_MIN, COLUMN_MAX);
  int classes_x = MARGIN + column + SPACING;

  place (out, PAD, MARGIN, MARGIN, column, natural_height (self->areas[PAD], column));
  place (out, CLASSES, classes_x, MARGIN, width - MARGIN - classes_x,
         natural_height (self->areas[CLASSES], width - MARGIN - classes_x));
  place (out, PAGE, MARGIN, out->height - MARGIN + SPACING, inner, natural_height (self->areas[PAGE], inner));
  out->natural_height = out->height;
}

static void
arrange_narrow (RlvWorkspace *self, int width, int height, Arrangement *out)
{
  static const Area order[] = { PAD, PAGE, CLASSES };
  int inner = width - 2 * MARGIN, y = MARGIN;

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      int wanted = natural_height (self->areas[order[i]], inner);
      place (out, order[i], MARGIN, y, inner, wanted);
      y += wanted + SPACING;
    }
  out->natural_height = out->height;
}

static void
arrange (RlvWorkspace *self, int width, int height, Arrangement *out)
{
  *out = (Arrangement){ 0 };
  if (width >= WIDE)
    arrange_wide (self, width, height, out);
  else if (width >= MEDIUM)
    arrange_medium (self, width, height, out);
  else
    arrange_narrow (self, width, height, out);
}

static void
measure_width (RlvWorkspace *self, int *minimum, int *natural)
{
  *minimum = 0;
  for (int i = 0; i < N_AREAS; i++)
    {
      int least;
      gtk_widget_measure (self->areas[i], GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      *minimum = MAX (*minimum, least + 2 * MARGIN);
    }
  *natural = MAX (*minimum, NATURAL_WIDTH);
}

static void
rlv_workspace_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  RlvWorkspace *self = RLV_WORKSPACE (widget);
  int least, wanted;
  Arrangement arrangement;

  measure_width (self, &least, &wanted);
  *minimum = least;
  *natural = wanted;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  arrange (self, for_size < 0 ? wanted : MAX (for_size, least), 0, &arrangement);
  *minimum = arrangement.height;
  *natural = arrangement.natural_height;
}

static void
rlv_workspace_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RlvWorkspace *self = RLV_WORKSPACE (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  Arrangement arrangement;

  arrange (self, width, height, &arrangement);
  for (int i = 0; i < N_AREAS; i++)
    {
      const graphene_rect_t *r = &arrangement.areas[i];
      int x = (int) r->origin.x, area_width = (int) r->size.width;
      GtkAllocation allocation = { mirrored ? width - x - area_width : x, (int) r->origin.y, area_width,
                                   (int) r->size.height };
      gtk_widget_size_allocate (self->areas[i], &allocation, -1);
    }
}

static GtkSizeRequestMode
rlv_workspace_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
rlv_workspace_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, RLV_WORKSPACE (object)->areas[id - PROP_PAD]);
}

static void
rlv_workspace_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RlvWorkspace *self = RLV_WORKSPACE (object);
  GtkWidget *area = g_value_get_object (value);

  self->areas[id - PROP_PAD] = area;
  gtk_widget_set_parent (area, GTK_WIDGET (self));
}

static void
rlv_workspace_dispose (GObject *object)
{
  RlvWorkspace *self = RLV_WORKSPACE (object);

  for (int i = 0; i < N_AREAS; i++)
    g_clear_pointer (&self->areas[i], gtk_widget_unparent);
  G_OBJECT_CLASS (rlv_workspace_parent_class)->dispose (object);
}

static void
rlv_workspace_class_init (RlvWorkspaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = rlv_workspace_dispose;
  object_class->get_property = rlv_workspace_get_property;
  object_class->set_property = rlv_workspace_set_property;
  widget_class->measure = rlv_workspace_measure;
  widget_class->size_allocate = rlv_workspace_size_allocate;
  widget_class->get_request_mode = rlv_workspace_get_request_mode;

  properties[PROP_PAD] = g_param_spec_object ("pad", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_CLASSES] = g_param_spec_object ("classes", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_PAGE] = g_param_spec_object ("page", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rlv_workspace_init (RlvWorkspace *self)
{
}
