/* SPDX-License-Identifier: GPL-3.0-or-later */
/* document.c: drawing or photo as a list of edits; what is on the pad follows from those that are not undone */
#include "config.h"

#include "app/document.h"

#include <glib/gi18n.h>

/* One step to undo: what it puts on the pad, on top of what was there or on fresh paper. */
typedef struct
{
  gboolean fresh;
  RlvPicture *picture;
  GPtrArray *strokes;
  RlvPhoto *photo;
  gboolean has_region; /* and forgets one, if it has none, where cropping is set */
  gboolean cropping;   /* all it does is to choose a part of the photo */
  LrpRegion region;
  RlvPaint *paint;     /* over the photo */
  gboolean unpainting; /* all it does is to take away what is painted over the photo */
} Edit;

struct _RlvDocument
{
  GObject parent_instance;

  GPtrArray *edits;   /* of Edit */
  guint n_done;       /* the edits after these are undone */
  RlvStroke *running; /* not an edit before it ends */
  RlvPaint *painting; /* the same, over a photo */

  const RlvPicture *picture; /* borrowed from the edits */
  GPtrArray *strokes;        /* borrowed from the edits, and the running one */
  GPtrArray *view;           /* the beginning of these, where no more is shown; its own */
  RlvPhoto *photo;           /* borrowed from the edits */
  GPtrArray *paints;         /* borrowed from the edits, and the running one: what is painted over the photo */
  const LrpRegion *region;   /* borrowed from the edits */
  guint generation;
  gboolean can_undo, can_redo, empty;
};

G_DEFINE_FINAL_TYPE (RlvDocument, rlv_document, G_TYPE_OBJECT)

enum
{
  PROP_CAN_UNDO = 1,
  PROP_CAN_REDO,
  PROP_EMPTY,
  N_PROPS
};

enum
{
  CHANGED,
  EDITED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static Edit *
edit_new (gboolean fresh)
{
  Edit *edit = g_new0 (Edit, 1);

  edit->fresh = fresh;
  edit->strokes = g_ptr_array_new_with_free_func ((GDestroyNotify) rlv_stroke_free);
  return edit;
}

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  rlv_picture_free (edit->picture);
  rlv_photo_unref (edit->photo);
  rlv_paint_unref (edit->paint);
  g_ptr_array_unref (edit->strokes);
  g_free (edit);
}

static void
set_flag (RlvDocument *self, gboolean *flag, gboolean value, guint prop)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
update_undo (RlvDocument *self)
{
  set_flag (self, &self->can_undo, self->n_done > 0, PROP_CAN_UNDO);
  set_flag (self, &self->can_redo, self->n_done < self->edits->len, PROP_CAN_REDO);
}

static void
update_empty (RlvDocument *self)
{
  RlvInk ink = rlv_document_peek_ink (self);

  set_flag (self, &self->empty, !self->photo && rlv_ink_is_empty (&ink), PROP_EMPTY);
}

/* Finds anew what is on the pad: everything since the last fresh paper. */
static void
rebuild (RlvDocument *self)
{
  guint begin = self->n_done;

  while (begin > 0 && !((Edit *) self->edits->pdata[begin - 1])->fresh)
    begin--;
  begin = begin > 0 ? begin - 1 : 0;
  g_clear_pointer (&self->view, g_ptr_array_unref);
  self->picture = NULL;
  self->photo = NULL;
  self->region = NULL;
  g_ptr_array_set_size (self->strokes, 0);
  g_ptr_array_set_size (self->paints, 0);
  for (guint i = begin; i < self->n_done; i++)
    {
      Edit *edit = self->edits->pdata[i];

      if (edit->picture)
        self->picture = edit->picture;
      if (edit->photo)
        self->photo = edit->photo;
      if (edit->cropping)
        self->region = edit->has_region ? &edit->region : NULL;
      if (edit->unpainting)
        g_ptr_array_set_size (self->paints, 0);
      if (edit->paint)
        g_ptr_array_add (self->paints, edit->paint);
      for (guint k = 0; k < edit->strokes->len; k++)
        g_ptr_array_add (self->strokes, edit->strokes->pdata[k]);
    }
  self->generation++;
}

/* Says that the pad looks different, when the photo does. */
static void
emit_changed (RlvDocument *self)
{
  if (self->photo)
    rlv_photo_paint (self->photo, self->paints, self->painting != NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
finish_change (RlvDocument *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  update_undo (self);
  update_empty (self);
  g_object_thaw_notify (G_OBJECT (self));
  emit_changed (self);
}

/* As it stands after "Undo". */
static const char *
name_edit (const Edit *edit)
{
  if (edit->photo)
    return _("photo");
  if (edit->picture)
    return _("picture");
  if (edit->cropping)
    return _("framing");
  if (edit->unpainting)
    return _("bringing everything back");
  if (edit->fresh)
    return edit->strokes->len > 0 ? _("drawing") : _("clearing");
  if (edit->strokes->len > 0)
    return ((const RlvStroke *) edit->strokes->pdata[0])->eraser ? _("erasing") : _("stroke");
  return _("painting");
}

/* From here on nothing can be redone. */
static void
take_edit (RlvDocument *self, Edit *edit)
{
  g_ptr_array_set_size (self->edits, (int) self->n_done);
  g_ptr_array_add (self->edits, edit);
  self->n_done++;
  g_signal_emit (self, signals[EDITED], 0, name_edit (edit));
}

static void
do_edit (RlvDocument *self, Edit *edit)
{
  rlv_document_stroke_end (self);
  take_edit (self, edit);
  rebuild (self);
  finish_change (self);
}

/**
 * rlv_document_new:
 *
 * Returns: (transfer full): an empty drawing
 */
RlvDocument *
rlv_document_new (void)
{
  return g_object_new (RLV_TYPE_DOCUMENT, NULL);
}

/**
 * rlv_document_get_can_undo:
 * @self: a document
 *
 * Returns: whether there is a step to undo
 */
gboolean
rlv_document_get_can_undo (RlvDocument *self)
{
  return self->can_undo;
}

/**
 * rlv_document_get_can_redo:
 * @self: a document
 *
 * Returns: whether there is an undone step to do again
 */
gboolean
rlv_document_get_can_redo (RlvDocument *self)
{
  return self->can_redo;
}

/**
 * rlv_document_get_empty:
 * @self: a document
 *
 * While something is being erased, this waits for the end of the stroke.
 *
 * Returns: whether no ink is to be seen, because none is there or all was erased
 */
gboolean
rlv_document_get_empty (RlvDocument *self)
{
  return self->empty;
}

/**
 * rlv_document_get_drawing:
 * @self: a document
 *
 * Returns: whether a stroke has begun that did not end yet; it is then the last one
 */
gboolean
rlv_document_get_drawing (RlvDocument *self)
{
  return self->running != NULL || self->painting != NULL;
}

/**
 * rlv_document_get_label:
 * @self: a document
 *
 * Returns: (nullable): what the picture on the pad shows; %NULL without a picture
 */
const char *
rlv_document_get_label (RlvDocument *self)
{
  return self->picture ? self->picture->label : NULL;
}

/**
 * rlv_document_get_generation:
 * @self: a document
 *
 * Lets a cache know whether what it holds is still the beginning of what is on the pad.
 *
 * Returns: a number that is another one after every change but a stroke that was begun, led on or ended
 */
guint
rlv_document_get_generation (RlvDocument *self)
{
  return self->generation;
}

/**
 * rlv_document_peek_ink:
 * @self: a document
 *
 * Returns: what is on the pad; it belongs to the document and is valid until the next change
 */
RlvInk
rlv_document_peek_ink (RlvDocument *self)
{
  return (RlvInk) { .picture = self->picture, .strokes = self->view ? self->view : self->strokes };
}

/**
 * rlv_document_stroke_begin:
 * @self: a document
 * @x: 0..1 from the left
 * @y: 0..1 from the top
 * @pressure: 0..1, or %RLV_PRESSURE_NORMAL
 * @width: of the line, as a share of the pad
 * @eraser: whether to take ink away
 *
 * Puts the pen on the paper. A stroke that is still running ends. On empty paper an eraser does nothing.
 */
void
rlv_document_stroke_begin (RlvDocument *self, double x, double y, double pressure, double width, gboolean eraser)
{
  g_autoptr (RlvStroke) stroke = rlv_stroke_new (width, eraser);

  rlv_document_stroke_end (self);
  rlv_document_set_view (self, G_MAXUINT);
  if (self->photo || (eraser && self->empty) || !rlv_stroke_add (stroke, x, y, pressure))
    return;
  self->running = g_steal_pointer (&stroke);
  g_ptr_array_add (self->strokes, self->running);
  if (!eraser)
    update_empty (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * rlv_document_stroke_to:
 * @self: a document
 * @x: 0..1 from the left
 * @y: 0..1 from the top
 * @pressure: 0..1, or %RLV_PRESSURE_NORMAL
 *
 * Leads the running stroke on; without one, nothing happens.
 */
void
rlv_document_stroke_to (RlvDocument *self, double x, double y, double pressure)
{
  if (self->running && rlv_stroke_add (self->running, x, y, pressure))
    g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * rlv_document_stroke_end:
 * @self: a document
 *
 * Lifts the pen or the brush: the stroke becomes a step to undo. Without a running stroke, nothing happens.
 */
void
rlv_document_stroke_end (RlvDocument *self)
{
  Edit *edit;

  if (!self->running && !self->painting)
    return;
  edit = edit_new (FALSE);
  if (self->running)
    g_ptr_array_add (edit->strokes, g_steal_pointer (&self->running));
  edit->paint = g_steal_pointer (&self->painting);
  take_edit (self, edit);
  finish_change (self);
}

/**
 * rlv_document_stroke_cancel:
 * @self: a document
 *
 * Takes back the running stroke as if it had never begun.
 */
void
rlv_document_stroke_cancel (RlvDocument *self)
{
  if (!self->running && !self->painting)
    return;
  rebuild (self);
  g_clear_pointer (&self->running, rlv_stroke_free);
  g_clear_pointer (&self->painting, rlv_paint_unref);
  finish_change (self);
}

/**
 * rlv_document_clear:
 * @self: a document
 *
 * Takes a new sheet of paper; a step to undo, unless the pad is empty already.
 */
void
rlv_document_clear (RlvDocument *self)
{
  rlv_document_stroke_end (self);
  if (!self->empty)
    do_edit (self, edit_new (TRUE));
}

/**
 * rlv_document_set_picture:
 * @self: a document
 * @pixels: (array): [height, width], 0 is paper and 1 is ink
 * @width: columns, at least 1
 * @height: rows, at least 1
 * @label: (nullable): what it shows
 *
 * Replaces what is on the pad by a picture that one can draw on; a step to undo.
 */
void
rlv_document_set_picture (RlvDocument *self, const float *pixels, int width, int height, const char *label)
{
  Edit *edit = edit_new (TRUE);

  edit->picture = rlv_picture_new (pixels, width, height, label);
  do_edit (self, edit);
}

/**
 * rlv_document_set_strokes:
 * @self: a document
 * @strokes: (element-type RlvStroke): strokes in their order
 *
 * Replaces what is on the pad by a drawing, leaving out strokes without a point; a step to undo.
 */
void
rlv_document_set_strokes (RlvDocument *self, const GPtrArray *strokes)
{
  rlv_document_set_ink (self, NULL, strokes);
}

/**
 * rlv_document_set_ink:
 * @self: a document
 * @picture: (nullable): a picture
 * @strokes: (element-type RlvStroke): strokes over it, in their order
 *
 * Replaces what is on the pad, leaving out strokes without a point; one step to undo.
 */
void
rlv_document_set_ink (RlvDocument *self, const RlvPicture *picture, const GPtrArray *strokes)
{
  Edit *edit = edit_new (TRUE);

  if (picture)
    edit->picture = rlv_picture_new (picture->pixels, picture->width, picture->height, picture->label);
  for (guint i = 0; i < strokes->len; i++)
    if (((const RlvStroke *) strokes->pdata[i])->points->len > 0)
      g_ptr_array_add (edit->strokes, rlv_stroke_copy (strokes->pdata[i]));
  do_edit (self, edit);
}

/**
 * rlv_document_set_photo:
 * @self: a document
 * @photo: a photo
 *
 * Replaces what is on the pad by a photo; a step to undo.
 */
void
rlv_document_set_photo (RlvDocument *self, RlvPhoto *photo)
{
  Edit *edit = edit_new (TRUE);

  edit->photo = rlv_photo_ref (photo);
  do_edit (self, edit);
}

/**
 * rlv_document_get_photo:
 * @self: a document
 *
 * Returns: (transfer none) (nullable): the photo that is there instead of a drawing
 */
RlvPhoto *
rlv_document_get_photo (RlvDocument *self)
{
  return self->photo;
}

/**
 * rlv_document_set_region:
 * @self: a document with a photo
 * @region: (nullable): the part of the photo that is to be seen; %NULL: what fits the network
 * @go_on: whether this goes on with the movement before, so that both are undone as one step
 *
 * Chooses a part of the photo. Without a photo nothing happens.
 */
void
rlv_document_set_region (RlvDocument *self, const LrpRegion *region, gboolean go_on)
{
  Edit *last;

  rlv_document_stroke_end (self);
  if (!self->photo || (!region && !self->region))
    return;
  last = self->edits->pdata[self->n_done - 1];
  if (!go_on || !last->cropping || self->n_done < self->edits->len)
    {
      last = edit_new (FALSE);
      last->cropping = TRUE;
      take_edit (self, last);
    }
  last->has_region = region != NULL;
  if (region)
    last->region = *region;
  rebuild (self);
  finish_change (self);
}

/**
 * rlv_document_get_region:
 * @self: a document
 *
 * Returns: (transfer none) (nullable): the part of the photo that was chosen, until the next change
 */
const LrpRegion *
rlv_document_get_region (RlvDocument *self)
{
  return self->region;
}

/**
 * rlv_document_paint_begin:
 * @self: a document with a photo
 * @fill: what the brush leaves behind
 * @x: 0..1 from the photo's left edge
 * @y: 0..1 from its upper edge
 * @width: of the brush, as a share of the photo's longer side
 *
 * Puts a brush on the photo. A stroke that is still running ends. Without a photo nothing happens, nor where the
 * original is to be brought back of a photo that nothing is painted on.
 */
void
rlv_document_paint_begin (RlvDocument *self, RlvFill fill, double x, double y, double width)
{
  int w, h;

  rlv_document_stroke_end (self);
  if (!self->photo || (fill == RLV_FILL_ORIGINAL && self->paints->len == 0))
    return;
  w = rlv_photo_get_width (self->photo);
  h = rlv_photo_get_height (self->photo);
  width = CLAMP (width, RLV_BRUSH_WIDTH_MIN, RLV_BRUSH_WIDTH_MAX);
  self->painting = rlv_paint_new (fill, width * MAX (w, h) / 2, g_random_int ());
  if (!rlv_paint_add (self->painting, x * w, y * h))
    {
      g_clear_pointer (&self->painting, rlv_paint_unref);
      return;
    }
  g_ptr_array_add (self->paints, self->painting);
  emit_changed (self);
}

/**
 * rlv_document_paint_to:
 * @self: a document
 * @x: 0..1 from the photo's left edge
 * @y: 0..1 from its upper edge
 *
 * Leads the brush on; where none is on the photo, nothing happens.
 */
void
rlv_document_paint_to (RlvDocument *self, double x, double y)
{
  if (self->painting
      && rlv_paint_add (self->painting, x * rlv_photo_get_width (self->photo), y * rlv_photo_get_height (self->photo)))
    emit_changed (self);
}

/**
 * rlv_document_unpaint:
 * @self: a document
 *
 * Takes away all that is painted over the photo; a step to undo, where there is something.
 */
void
rlv_document_unpaint (RlvDocument *self)
{
  Edit *edit;

  rlv_document_stroke_end (self);
  if (self->paints->len == 0)
    return;
  edit = edit_new (FALSE);
  edit->unpainting = TRUE;
  do_edit (self, edit);
}

/**
 * rlv_document_get_painted:
 * @self: a document
 *
 * Returns: whether something is painted over the photo
 */
gboolean
rlv_document_get_painted (RlvDocument *self)
{
  return self->paints->len > 0;
}

/**
 * rlv_document_set_view:
 * @self: a document
 * @n_points: how many points of its strokes are shown; %G_MAXUINT: all
 *
 * Shows the drawing as it was when it had no more points. A running stroke ends. The next edit shows all again.
 */
void
rlv_document_set_view (RlvDocument *self, guint n_points)
{
  guint left = n_points;

  if (n_points == G_MAXUINT && !self->view)
    return;
  rlv_document_stroke_end (self);
  g_clear_pointer (&self->view, g_ptr_array_unref);
  if (n_points != G_MAXUINT)
    self->view = g_ptr_array_new_with_free_func ((GDestroyNotify) rlv_stroke_free);
  for (guint i = 0; self->view && left > 0 && i < self->strokes->len; i++)
    {
      RlvStroke *stroke = rlv_stroke_copy (self->strokes->pdata[i]);
      g_array_set_size (stroke->points, MIN (left, stroke->points->len));
      left -= stroke->points->len;
      g_ptr_array_add (self->view, stroke);
    }
  self->generation++;
  finish_change (self);
}

/**
 * rlv_document_peek_strokes:
 * @self: a document
 *
 * Returns: (transfer none) (element-type RlvStroke): all its strokes since the last new sheet, also where fewer are shown
 */
const GPtrArray *
rlv_document_peek_strokes (RlvDocument *self)
{
  return self->strokes;
}

static void
move_to (RlvDocument *self, guint n_done)
{
  self->n_done = n_done;
  rebuild (self);
  finish_change (self);
}

/**
 * rlv_document_undo:
 * @self: a document
 *
 * Takes back the last step; a running stroke ends and is that step.
 */
void
rlv_document_undo (RlvDocument *self)
{
  rlv_document_stroke_end (self);
  if (self->n_done > 0)
    move_to (self, self->n_done - 1);
}

/**
 * rlv_document_redo:
 * @self: a document
 *
 * Does the step again that was undone last.
 */
void
rlv_document_redo (RlvDocument *self)
{
  rlv_document_stroke_end (self);
  if (self->n_done < self->edits->len)
    move_to (self, self->n_done + 1);
}

/**
 * rlv_document_draw:
 * @self: a document
 * @cr: where to draw, with the colour as its source
 * @size: of the pad, in @cr's units
 *
 * Paints the ink.
 */
void
rlv_document_draw (RlvDocument *self, cairo_t *cr, double size)
{
  RlvInk ink = rlv_document_peek_ink (self);

  rlv_ink_draw (&ink, cr, size);
}

/**
 * rlv_document_get_ink:
 * @self: a document
 * @width: columns of the network's field
 * @height: rows of the network's field
 * @fit: whether to scale and centre the ink as MNIST does; see rlv_ink_rasterize()
 * @out: (out caller-allocates) (array): [height, width], 0 is paper and 1 is ink
 * @map: (out caller-allocates) (nullable): where the field lies on the pad
 *
 * Makes the drawing what a network reads.
 */
void
rlv_document_get_ink (RlvDocument *self, int width, int height, gboolean fit, float *out, RlvFit *map)
{
  RlvInk ink = rlv_document_peek_ink (self);

  rlv_ink_rasterize (&ink, width, height, fit, out, map);
}

static void
rlv_document_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RlvDocument *self = RLV_DOCUMENT (object);

  switch (id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, self->can_undo);
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, self->can_redo);
      break;
    case PROP_EMPTY:
      g_value_set_boolean (value, self->empty);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rlv_document_finalize (GObject *object)
{
  RlvDocument *self = RLV_DOCUMENT (object);

  g_ptr_array_unref (self->strokes);
  g_ptr_array_unref (self->paints);
  g_clear_pointer (&self->view, g_ptr_array_unref);
  g_ptr_array_unref (self->edits);
  rlv_stroke_free (self->running);
  rlv_paint_unref (self->painting);
  G_OBJECT_CLASS (rlv_document_parent_class)->finalize (object);
}

static void
rlv_document_class_init (RlvDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rlv_document_get_property;
  object_class->finalize = rlv_document_finalize;
  props[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  props[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  props[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  /**
   * RlvDocument::changed:
   * @self: the document
   *
   * The ink is no longer what it was.
   */
  signals[EDITED] = g_signal_new ("edited", RLV_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);
  signals[CHANGED] =
      g_signal_new ("changed", RLV_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rlv_document_init (RlvDocument *self)
{
  self->edits = g_ptr_array_new_with_free_func (edit_free);
  self->strokes = g_ptr_array_new ();
  self->paints = g_ptr_array_new ();
  self->empty = TRUE;
}
