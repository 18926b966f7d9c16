/* SPDX-License-Identifier: GPL-3.0-or-later */
/* film.c: a drawing, point by point, as pictures in a file */
#include "config.h"

#include "app/pad/film.h"

#include "app/pad/film-paint.h"
#include "app/work/input.h"
#include "files/io/write.h"
#include "heat/apng.h"
#include "heat/png-file.h"

#include <glib/gi18n.h>

#define FRAMES_A_SECOND 15.0
#define MAX_FRAMES      300
/* How long the last frame is shown, in milliseconds. */
#define LAST_FRAME 1500

typedef struct
{
  guint n_points, milliseconds;
} Frame;

/**
 * RlvFilm:
 *
 * All that is needed to make the pictures, copied: it does not change while the drawing goes on.
 */
struct _RlvFilm
{
  RlvPicture *picture; /* NULL: none is under the strokes */
  GPtrArray *strokes;
  LrpNetwork *network;
  LrpRequest *request;
  gboolean fit;
  LrpHeatStyle style;
  LrpColormap *own_map; /* nullable: that the style's map is, where it may go with the window */
  GArray *frames;       /* of Frame */
};

static void
add_frames (RlvFilm *film, const RlvTimeline *timeline)
{
  double seconds = rlv_timeline_get_seconds (timeline), step = MAX (1 / FRAMES_A_SECOND, seconds / MAX_FRAMES);
  guint n = rlv_timeline_get_n_points (timeline);

  for (double t = 0; t < seconds; t += step)
    {
      Frame frame = { rlv_timeline_find (timeline, t), (guint) (1000 * step + 0.5) };
      Frame *last = film->frames->len ? &g_array_index (film->frames, Frame, film->frames->len - 1) : NULL;
      if (last && last->n_points == frame.n_points)
        last->milliseconds += frame.milliseconds;
      else if (frame.n_points < n)
        g_array_append_val (film->frames, frame);
    }
  g_array_append_vals (film->frames, &(Frame){ n, LAST_FRAME }, 1);
}

/**
 * rlv_film_new:
 * @session: what is drawn, and how it is explained
 * @timeline: when
 *
 * Returns: (transfer full) (nullable): the film; %NULL where there is no drawing, or nobody to look at it
 */
RlvFilm *
rlv_film_new (RlvSession *session, const RlvTimeline *timeline)
{
  RlvDocument *document = rlv_session_get_document (session);
  RlvInk ink = rlv_document_peek_ink (document);
  const GPtrArray *strokes = rlv_document_peek_strokes (document);
  LrpNetwork *network = rlv_session_get_network (session);
  const LrpColormap *map;
  RlvFilm *film;

  if (!network || !rlv_timeline_get_n_points (timeline) || rlv_document_get_photo (document))
    return NULL;
  film = g_new0 (RlvFilm, 1);
  if (ink.picture)
    film->picture = rlv_picture_new (ink.picture->pixels, ink.picture->width, ink.picture->height, ink.picture->label);
  film->strokes = g_ptr_array_new_with_free_func ((GDestroyNotify) rlv_stroke_free);
  for (guint i = 0; i < strokes->len; i++)
    g_ptr_array_add (film->strokes, rlv_stroke_copy (strokes->pdata[i]));
  film->network = lrp_network_ref (network);
  film->request = lrp_request_copy (rlv_session_get_request (session));
  film->request->keep_layers = FALSE;
  g_object_get (session, "fit", &film->fit, NULL);
  film->style = *rlv_display_get_style (rlv_session_get_display (session));
  map = film->style.map;
  if (map && !lrp_colormap_find (map->entry.name, NULL))
    film->style.map = film->own_map = lrp_colormap_new (map->stops, NULL);
  film->frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  add_frames (film, timeline);
  return film;
}

/**
 * rlv_film_free:
 * @film: (transfer full): a film
 */
void
rlv_film_free (RlvFilm *film)
{
  rlv_picture_free (film->picture);
  g_ptr_array_unref (film->strokes);
  lrp_network_unref (film->network);
  lrp_request_free (film->request);
  lrp_colormap_free (film->own_map);
  g_array_unref (film->frames);
  g_free (film);
}

/* --- making it ---------------------------------------------------------------------------------------------------- */

/* The strokes as they were with so many points. */
static GPtrArray *
cut_strokes (const RlvFilm *film, guint n_points)
{
  GPtrArray *strokes = g_ptr_array_new_with_free_func ((GDestroyNotify) rlv_stroke_free);

  for (guint i = 0; n_points > 0 && i < film->strokes->len; i++)
    {
      RlvStroke *stroke = rlv_stroke_copy (film->strokes->pdata[i]);
      g_array_set_size (stroke->points, MIN (n_points, stroke->points->len));
      n_points -= stroke->points->len;
      g_ptr_array_add (strokes, stroke);
    }
  return strokes;
}

/* run: made at the first frame. */
static cairo_surface_t *
make_frame (const RlvFilm *film, const Frame *frame, LrpRun **run, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) strokes = cut_strokes (film, frame->n_points);
  RlvInk ink = { film->picture, strokes };
  RlvPadGrid grid;
  g_autoptr (LrpTensor) input = rlv_input_from_ink (&ink, film->network, film->fit, &grid, error);
  g_autoptr (LrpExplanation) explanation = NULL;

  if (!input)
    return NULL;
  if (!*run)
    *run = lrp_run_new (film->network, &input->shape, error);
  if (*run)
    explanation = lrp_request_explain (film->request, *run, input, cancellable, error);
  return explanation ? rlv_film_paint (&ink, &grid, explanation, &film->style) : NULL;
}

static gboolean
save_number (const RlvFilm *film, cairo_surface_t *image, const char *folder, guint number, const char *const *text,
             GError **error)
{
  g_autofree char *name = g_strdup_printf ("%04u.png", number), *path = g_build_filename (folder, name, NULL);
  g_autoptr (GByteArray) png = lrp_png_encode_image (image, text, error);
  g_autoptr (GBytes) bytes = png ? g_byte_array_free_to_bytes (g_steal_pointer (&png)) : NULL;

  return bytes && lrp_write_file (path, &bytes, 1, error);
}

static gboolean
save_frames (const RlvFilm *film, LrpApng *apng, const char *folder, const char *const *text, RlvJob *job,
             GCancellable *cancellable, GError **error)
{
  g_autoptr (LrpRun) run = NULL;
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < film->frames->len; i++)
    {
      const Frame *frame = &g_array_index (film->frames, Frame, i);
      cairo_surface_t *image;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      image = make_frame (film, frame, &run, cancellable, error);
      if (!image)
        return FALSE;
      ok = apng ? lrp_apng_add (apng, image, frame->milliseconds, error)
                : save_number (film, image, folder, i + 1, text, error);
      cairo_surface_destroy (image);
      rlv_job_tell ((i + 1.0) / film->frames->len, job);
    }
  return ok;
}

/**
 * rlv_film_save:
 * @film: a film
 * @path: where to
 * @folder: whether @path is a folder, which gets a numbered PNG file for each frame; else it becomes an animated PNG
 * @job: the job that does it, which is told how far it is
 * @cancellable: (nullable): looked at between frames and layers
 * @error: return location for an error
 *
 * Makes all pictures, in a thread.
 *
 * Returns: whether it was saved
 */
gboolean
rlv_film_save (const RlvFilm *film, const char *path, gboolean folder, RlvJob *job, GCancellable *cancellable,
               GError **error)
{
  g_autofree char *how = lrp_request_to_string (film->request);
  const char *const text[] = { "Software", "Relevance", "Network", film->network->name, "Description", how, NULL };
  g_autoptr (LrpApng) apng = folder ? NULL : lrp_apng_new (text);
  g_autoptr (GByteArray) file = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!save_frames (film, apng, path, text, job, cancellable, error))
    return FALSE;
  if (folder)
    return TRUE;
  file = lrp_apng_finish (apng);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&file));
  return lrp_write_file (path, &bytes, 1, error);
}
