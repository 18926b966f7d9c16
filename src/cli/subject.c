/* SPDX-License-Identifier: GPL-3.0-or-later */
/* subject.c: the network and the input that a command is about */
#include "config.h"

#include "cli/subject.h"

#include "cli/options.h"
#include "files/load.h"
#include "files/io/npy.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/**
 * cli_subject_has_suffix:
 * @path: a file's name
 * @suffix: ".npy"
 *
 * Returns: whether the name ends so, in small letters or capitals
 */
gboolean
cli_subject_has_suffix (const char *path, const char *suffix)
{
  gsize n = strlen (path), m = strlen (suffix);

  return n >= m && g_ascii_strcasecmp (path + n - m, suffix) == 0;
}

static gboolean
check_weights (const char *model, const char *weights, GError **error)
{
  g_autofree char *problem = weights ? lrp_load_dup_weights_problem (model) : NULL;

  if (problem)
    g_set_error_literal (error, CLI_ERROR, CLI_ERROR_USAGE, problem);
  return !problem;
}

/**
 * cli_subject_load_network:
 * @model: a file, or a bundled network's name
 * @weights: (nullable): the file of its weights, where they are in another file
 * @error: return location for an error that names @model
 *
 * Returns: (transfer full) (nullable): the network, ready to run
 */
LrpNetwork *
cli_subject_load_network (const char *model, const char *weights, GError **error)
{
  LrpNetwork *network = NULL;

  if (check_weights (model, weights, error))
    network = lrp_load_network_with_weights (model, weights, error);
  if (!network)
    cli_name_file (error, model);
  return network;
}

/* The same numbers with a batch of one, where the array holds a single sample. */
static LrpTensor *
add_batch (LrpTensor *array, const LrpNetwork *network, GError **error)
{
  guint rank = lrp_network_get_layer (network, 0)->shape.rank;
  LrpShape shape = { .rank = rank, .dims = { 1 } };

  if (array->shape.rank == rank)
    return lrp_tensor_ref (array);
  if (array->shape.rank + 1 != rank)
    {
      g_autofree char *has = lrp_shape_to_string (&array->shape);
      g_autofree char *wants = lrp_shape_to_string (&lrp_network_get_layer (network, 0)->shape);
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("the array has the shape %s, but %s reads %s"), has,
                   network->name, wants);
      return NULL;
    }
  memcpy (shape.dims + 1, array->shape.dims, array->shape.rank * sizeof shape.dims[0]);
  return lrp_tensor_new_copy (&shape, array->data, error);
}

/* [N, H, W, C], as the network's file has it, to [N, C, H, W]; takes the array. channels_last: whether it was so */
static LrpTensor *
put_channels_first (LrpTensor *array, const LrpNetwork *network, gboolean *channels_last, GError **error)
{
  const LrpShape *wants = &lrp_network_get_layer (network, 0)->shape;
  const gint64 *has = array->shape.dims;
  LrpTensor *result;

  *channels_last =
      network->input.channels_last && has[1] == wants->dims[2] && has[2] == wants->dims[3] && has[3] == wants->dims[1];
  if (!*channels_last)
    return array;
  result = lrp_tensor_new (&LRP_SHAPE (has[0], has[3], has[1], has[2]), error);
  for (gsize i = 0; result && i < array->count; i++)
    {
      gsize c = (gsize) has[3], plane = (gsize) (has[1] * has[2]), pixel = i / c;
      result->data[(pixel / plane * c + i % c) * plane + pixel % plane] = array->data[i];
    }
  lrp_tensor_unref (array);
  return result;
}

static LrpTensor *
load_array (const char *path, const LrpNetwork *network, gboolean *channels_last, GError **error)
{
  g_autoptr (LrpTensor) array = lrp_npy_read (path, error);
  LrpTensor *batch;

  if (!array)
    return NULL;
  if (array->count == 0)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("the array is empty"));
      return NULL;
    }
  if (!lrp_tensor_is_finite (array))
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_NOT_FINITE,
                   _("the array holds NaN or infinity, so there is nothing to explain"));
      return NULL;
    }
  batch = add_batch (array, network, error);
  return batch ? put_channels_first (batch, network, channels_last, error) : NULL;
}

/**
 * cli_subject_picture_clear:
 * @picture: what an input was made from
 *
 * Forgets it.
 */
void
cli_subject_picture_clear (CliSubjectPicture *picture)
{
  g_clear_object (&picture->pixels);
}

static LrpTensor *
load_picture (const char *path, const LrpNetwork *network, const LrpPreparing *how, CliSubjectPicture *picture,
              GError **error)
{
  picture->pixels = lrp_picture_open (path, error);
  return picture->pixels ? lrp_prepare_picture (picture->pixels, network, how, &picture->region, &picture->notes, error)
                         : NULL;
}

/**
 * cli_subject_is_picture:
 * @path: an input
 *
 * Returns: whether it is taken for a picture, not for an array
 */
gboolean
cli_subject_is_picture (const char *path)
{
  return !cli_subject_has_suffix (path, ".npy");
}

/**
 * cli_subject_load_input:
 * @path: a .npy array, fed to the network unchanged, or a picture
 * @network: the network that shall read it
 * @how: how a picture is prepared
 * @picture: (out caller-allocates) (nullable): what the input was made from; nothing for an array
 * @error: return location for an error that names the file
 *
 * Returns: (transfer full) (nullable): the input, [N, ...]
 */
LrpTensor *
cli_subject_load_input (const char *path, const LrpNetwork *network, const LrpPreparing *how,
                        CliSubjectPicture *picture, GError **error)
{
  g_auto (CliSubjectPicture) own = { 0 };
  LrpTensor *input = cli_subject_is_picture (path) ? load_picture (path, network, how, &own, error)
                                                   : load_array (path, network, &own.channels_last, error);

  if (!input)
    cli_name_file (error, path);
  if (picture)
    {
      *picture = own;
      own.pixels = NULL;
    }
  return input;
}

/* A file of a few bytes can ask for any amount of memory, so much of it is taken only where that was allowed. */
static gboolean
check_memory (const LrpNetwork *network, gint64 batch, GError **error)
{
  guint64 needed = lrp_run_estimate_memory (network, batch);
  double megabytes = ceil ((double) needed / 1e6);

  if (needed > cli_get_allowed_memory ())
    g_set_error (error, CLI_ERROR, CLI_ERROR_FAILED,
                 _("%s needs about %.0f MB of memory for this input; --allow-memory=%.0fM lets it take so much"),
                 network->name, megabytes, megabytes);
  return needed <= cli_get_allowed_memory ();
}

/**
 * cli_subject_get_layout:
 * @shape: [N, C, H, W], of what belongs to an input
 * @picture: what that input was made from
 *
 * Returns: the shape in the layout that the input has in its file
 */
LrpShape
cli_subject_get_layout (const LrpShape *shape, const CliSubjectPicture *picture)
{
  const gint64 *has = shape->dims;

  return picture->channels_last ? LRP_SHAPE (has[0], has[2], has[3], has[1]) : *shape;
}

/**
 * cli_subject_dup_layout:
 * @values: [N, C, H, W], for each number of an input
 * @picture: what that input was made from
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the same in the layout that the input has in its file
 */
LrpTensor *
cli_subject_dup_layout (LrpTensor *values, const CliSubjectPicture *picture, GError **error)
{
  const LrpShape shape = cli_subject_get_layout (&values->shape, picture);
  gsize c, plane;
  LrpTensor *result;

  if (!picture->channels_last)
    return lrp_tensor_ref (values);
  c = (gsize) shape.dims[3];
  plane = (gsize) (shape.dims[1] * shape.dims[2]);
  result = lrp_tensor_new (&shape, error);
  for (gsize i = 0; result && i < values->count; i++)
    {
      gsize sample = i / (plane * c);
      result->data[i] = values->data[(sample * c + i % c) * plane + i / c % plane];
    }
  return result;
}

/**
 * cli_subject_compile:
 * @network: a network
 * @input: what it shall read
 * @path: where @input is from
 * @error: return location for an error that names the file
 *
 * Returns: (transfer full) (nullable): the network, compiled for inputs of that shape
 */
LrpRun *
cli_subject_compile (LrpNetwork *network, const LrpTensor *input, const char *path, GError **error)
{
  LrpRun *run;

  if (input->shape.rank > 0 && !check_memory (network, input->shape.dims[0], error))
    return NULL;
  run = lrp_run_new (network, &input->shape, error);
  if (!run)
    cli_name_file (error, path);
  return run;
}
