/* SPDX-License-Identifier: GPL-3.0-or-later */
/* toolbox.c: networks of the LRP Toolbox [Lapuschkin16], as plain text: a word for each module with its dimensions,
 * then its weights and biases. There pictures are [height, width, channels], here [channels, height, width]. */
#include "config.h"

#include "files/toolbox/toolbox.h"

#include "files/io/text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Limits on what a file may hold. */
#define MAX_MODULES    1000
#define MAX_DIMENSIONS 6
#define MAX_NUMBERS    (G_GUINT64_CONSTANT (1) << 28)
/* The largest picture that is tried for a network that begins with a convolution. */
#define MAX_SIDE 1024

typedef struct _Kind Kind;

typedef struct
{
  const Kind *kind;
  guint line;
  gint64 dims[MAX_DIMENSIONS];
  LrpTensor *weights, *bias;
} Module;

/* A network under construction: the size of the picture is a guess until all modules fit. */
typedef struct
{
  LrpNetwork *network;
  guint at; /* the last layer */
  guint index;
} Build;

/* A kind of module: how many dimensions follow its name, and how it becomes layers. */
struct _Kind
{
  const char *word;
  guint n_dims;
  void (*count) (const Module *module, LrpShape *weights, gint64 *biases);
  gboolean (*build) (Build *build, const Module *module, GError **error);
  LrpOpKind op;
};

static gboolean fail (guint line, GError **error, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
fail (guint line, GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, LRP_ERROR, LRP_ERROR_DAMAGED, _("line %u: %s"), line, message);
  return FALSE;
}

/* --- modules become layers -----------------------------------------------------------------------------------------
 */

static const LrpShape *
shape_of (const Build *build)
{
  return &lrp_network_get_layer (build->network, build->at)->shape;
}

/* Layers are called after their module and its number: "3-Convolution". */
static LrpLayer *
new_layer (const Build *build, const Module *module, LrpOpKind kind, const char *what)
{
  g_autofree char *name = g_strdup_printf ("%u-%s%s", build->index + 1, module->kind->word, what);

  return lrp_layer_new (kind, name);
}

static gboolean
push (Build *build, LrpLayer *layer, GError **error)
{
  int index;

  lrp_layer_set_inputs (layer, &build->at, 1);
  index = lrp_network_add (build->network, layer, error);
  build->at = index >= 0 ? (guint) index : build->at;
  return index >= 0;
}

static gboolean
build_simple (Build *build, const Module *module, GError **error)
{
  return push (build, new_layer (build, module, module->kind->op, ""), error);
}

static gboolean
build_softmax (Build *build, const Module *module, GError **error)
{
  LrpLayer *layer = new_layer (build, module, LRP_OP_SOFTMAX, "");

  layer->axis = 1;
  return push (build, layer, error);
}

/* The channels of a pixel lie side by side there, so they do so here, too, once all is a row. */
static gboolean
build_flatten (Build *build, const Module *module, GError **error)
{
  const LrpShape *shape = shape_of (build);
  LrpLayer *move, *flat;

  if (shape->rank != 4)
    return TRUE;
  if (shape->dims[1] > 1 && shape->dims[2] * shape->dims[3] > 1)
    {
      move = new_layer (build, module, LRP_OP_TRANSPOSE, "/order");
      memcpy (move->perm, (const guint[]){ 0, 2, 3, 1 }, 4 * sizeof (guint));
      if (!push (build, move, error))
        return FALSE;
    }
  flat = new_layer (build, module, LRP_OP_FLATTEN, module->kind->op == LRP_OP_FLATTEN ? "" : "/flat");
  flat->axis = 1;
  return push (build, flat, error);
}

static gboolean
build_linear (Build *build, const Module *module, GError **error)
{
  LrpLayer *layer;

  if (!build_flatten (build, module, error))
    return FALSE;
  layer = new_layer (build, module, LRP_OP_DENSE, "");
  layer->weights = lrp_tensor_ref (module->weights);
  layer->bias = lrp_tensor_ref (module->bias);
  return push (build, layer, error);
}

static gboolean
build_convolution (Build *build, const Module *module, GError **error)
{
  LrpLayer *layer = new_layer (build, module, LRP_OP_CONV, "");

  memcpy (layer->window.kernel, module->dims, sizeof layer->window.kernel);
  memcpy (layer->window.stride, module->dims + 4, sizeof layer->window.stride);
  layer->weights = lrp_tensor_ref (module->weights);
  layer->bias = lrp_tensor_ref (module->bias);
  return push (build, layer, error);
}

static gboolean
build_pool (Build *build, const Module *module, GError **error)
{
  LrpLayer *layer = new_layer (build, module, module->kind->op, "");

  memcpy (layer->window.kernel, module->dims, sizeof layer->window.kernel);
  memcpy (layer->window.stride, module->dims + 2, sizeof layer->window.stride);
  return push (build, layer, error);
}

/* A sum pooling; the toolbox divides the sum by the root of how many numbers are summed. */
static gboolean
build_sum_pool (Build *build, const Module *module, GError **error)
{
  float factor = (float) (1 / sqrt ((double) module->dims[0] * (double) module->dims[1]));
  LrpLayer *scale;

  if (!build_pool (build, module, error))
    return FALSE;
  scale = new_layer (build, module, LRP_OP_SCALE, "/norm");
  scale->weights = lrp_tensor_new_copy (&LRP_SHAPE (1), &factor, error);
  if (scale->weights)
    return push (build, scale, error);
  lrp_layer_free (scale);
  return FALSE;
}

static void
count_linear (const Module *module, LrpShape *weights, gint64 *biases)
{
  *weights = LRP_SHAPE (module->dims[0], module->dims[1]);
  *biases = module->dims[1];
}

static void
count_convolution (const Module *module, LrpShape *weights, gint64 *biases)
{
  *weights = LRP_SHAPE (module->dims[0], module->dims[1], module->dims[2], module->dims[3]);
  *biases = module->dims[3];
}

static const Kind kinds[] = {
  { "Linear", 2, .count = count_linear, .build = build_linear },
  { "Convolution", 6, .count = count_convolution, .build = build_convolution },
  { "SumPool", 4, .build = build_sum_pool, .op = LRP_OP_SUM_POOL },
  { "MaxPool", 4, .build = build_pool, .op = LRP_OP_MAX_POOL },
  { "Rect", 0, .build = build_simple, .op = LRP_OP_RELU },
  { "Tanh", 0, .build = build_simple, .op = LRP_OP_TANH },
  { "Flatten", 0, .build = build_flatten, .op = LRP_OP_FLATTEN },
  { "SoftMax", 0, .build = build_softmax, .op = LRP_OP_SOFTMAX },
};

static const Kind *
find_kind (LrpBytes word)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (lrp_bytes_equal_string (word, kinds[i].word))
      return &kinds[i];
  return NULL;
}

/* --- the text ------------------------------------------------------------------------------------------------------
 */

typedef struct
{
  LrpBytes rest;
  guint line;
} Text;

/* The next word on any line; empty at the end. */
static LrpBytes
next_word (Text *text)
{
  LrpBytes word = { 0 };

  for (; text->rest.size > 0 && g_ascii_isspace ((char) text->rest.data[0]); text->rest.data++, text->rest.size--)
    text->line += text->rest.data[0] == '\n';
  word.data = text->rest.data;
  for (; text->rest.size > 0 && !g_ascii_isspace ((char) text->rest.data[0]); text->rest.data++, text->rest.size--)
    word.size++;
  return word;
}

static gboolean
next_number (Text *text, double *number, GError **error)
{
  LrpBytes word = next_word (text);
  char copy[64] = { 0 }, *end;
  g_autofree char *shown = NULL;

  memcpy (copy, word.data, MIN (word.size, sizeof copy - 1));
  *number = g_ascii_strtod (copy, &end);
  if (word.size > 0 && word.size < sizeof copy && end == copy + word.size && isfinite (*number))
    return TRUE;
  shown = lrp_text_show (word);
  return word.size == 0 ? fail (text->line, error, _("numbers are missing; the file may be cut off"))
                        : fail (text->line, error, _("“%s” is not a number"), shown);
}

static gboolean
read_dims (Text *text, Module *module, GError **error)
{
  for (guint i = 0; i < module->kind->n_dims; i++)
    {
      double number;
      if (!next_number (text, &number, error))
        return FALSE;
      if (text->line != module->line || number < 1 || number >= (double) G_MAXINT32 || number != floor (number))
        return fail (module->line, error, _("%u whole numbers above 0 must follow “%s”"), module->kind->n_dims,
                     module->kind->word);
      module->dims[i] = (gint64) number;
    }
  return TRUE;
}

static LrpTensor *
read_numbers (Text *text, const LrpShape *shape, GError **error)
{
  guint line = text->line;
  g_autoptr (LrpTensor) tensor = NULL;
  gsize count;

  /* Each takes at least a digit and a space, so a file cannot claim more memory than it is long. */
  if (!lrp_shape_count (shape, &count, error))
    {
      g_prefix_error (error, _("line %u: "), line);
      return NULL;
    }
  if (count > text->rest.size / 2 + 1 || count > MAX_NUMBERS)
    {
      fail (line, error, _("%zu numbers must follow, more than the file has"), count);
      return NULL;
    }
  tensor = lrp_tensor_new (shape, error);
  for (gsize i = 0; tensor && i < count; i++)
    {
      double number;
      if (!next_number (text, &number, error))
        return NULL;
      tensor->data[i] = (float) number;
    }
  return g_steal_pointer (&tensor);
}

/* [.., inputs, outputs] in row order becomes [outputs, inputs, ..]: with `pixels` of the filter behind. */
static LrpTensor *
turn_weights (const LrpTensor *weights, GError **error)
{
  const LrpShape *s = &weights->shape;
  gint64 inputs = s->dims[s->rank - 2], outputs = s->dims[s->rank - 1],
         pixels = s->rank == 4 ? s->dims[0] * s->dims[1] : 1;
  LrpShape shape = s->rank == 4 ? LRP_SHAPE (outputs, inputs, s->dims[0], s->dims[1]) : LRP_SHAPE (outputs, inputs);
  LrpTensor *turned = lrp_tensor_new (&shape, error);

  for (gint64 p = 0; turned && p < pixels; p++)
    for (gint64 i = 0; i < inputs; i++)
      for (gint64 k = 0; k < outputs; k++)
        turned->data[(k * inputs + i) * pixels + p] = weights->data[(p * inputs + i) * outputs + k];
  return turned;
}

static gboolean
read_weights (Text *text, Module *module, GError **error)
{
  g_autoptr (LrpTensor) rows = NULL;
  LrpShape shape;
  gint64 biases;

  if (!module->kind->count)
    return TRUE;
  module->kind->count (module, &shape, &biases);
  return (rows = read_numbers (text, &shape, error)) && (module->weights = turn_weights (rows, error))
         && (module->bias = read_numbers (text, &LRP_SHAPE (biases), error));
}

static void
module_clear (gpointer data)
{
  Module *module = data;

  lrp_tensor_unref (module->weights);
  lrp_tensor_unref (module->bias);
}

static gboolean
read_module (Text *text, LrpBytes word, GArray *modules, GError **error)
{
  Module *module;
  g_autofree char *shown = lrp_text_show (word);

  if (modules->len >= MAX_MODULES)
    return fail (text->line, error, _("there are too many modules"));
  g_array_set_size (modules, modules->len + 1);
  module = &g_array_index (modules, Module, modules->len - 1);
  module->line = text->line;
  module->kind = find_kind (word);
  if (!module->kind)
    return fail (text->line, error,
                 _("“%s” is not a module that can be read, or there are too many numbers before it"), shown);
  return read_dims (text, module, error) && read_weights (text, module, error);
}

static GArray *
read_modules (LrpBytes file, GError **error)
{
  g_autoptr (GArray) modules = g_array_new (FALSE, TRUE, sizeof (Module));
  Text text = { file, 1 };
  LrpBytes word;

  g_array_set_clear_func (modules, module_clear);
  while ((word = next_word (&text)).size > 0)
    if (!read_module (&text, word, modules, error))
      return NULL;
  return g_steal_pointer (&modules);
}

/* --- the input -----------------------------------------------------------------------------------------------------
 */

static LrpNetwork *
try_input (const GArray *modules, const char *name, const LrpShape *shape, GError **error)
{
  g_autoptr (LrpNetwork) network = lrp_network_new (name, "input", shape);
  Build build = { .network = network };

  for (; build.index < modules->len; build.index++)
    {
      const Module *module = &g_array_index (modules, Module, build.index);
      if (!module->kind->build (&build, module, error))
        {
          g_prefix_error (error, _("line %u: "), module->line);
          return NULL;
        }
    }
  return g_steal_pointer (&network);
}

/* Whether the picture was as large as it must have been: without a dense layer to tell, all must end in one pixel. */
static gboolean
ends_in_classes (const LrpNetwork *network)
{
  gboolean moves = FALSE;

  for (guint i = 0; i < network->layers->len; i++)
    {
      const LrpLayer *layer = lrp_network_get_layer (network, i);
      const gint64 *dims = layer->shape.dims;
      if (layer->kind == LRP_OP_DENSE)
        return TRUE;
      moves = layer->kind == LRP_OP_TRANSPOSE
              || (i == network->output && layer->shape.rank == 4 && dims[2] * dims[3] > 1) || moves;
    }
  return !moves;
}

/* The file does not say how large pictures are: the smallest square that fits is taken. */
static LrpNetwork *
find_side (const GArray *modules, const char *name, gint64 channels, GError **error)
{
  for (gint64 side = 1; side <= MAX_SIDE; side++)
    {
      g_autoptr (LrpNetwork) network = try_input (modules, name, &LRP_SHAPE (1, channels, side, side), NULL);
      if (network && ends_in_classes (network))
        return g_steal_pointer (&network);
    }
  g_set_error (error, LRP_ERROR, LRP_ERROR_SHAPE, _("the modules fit no square picture of up to %d pixels a side"),
               MAX_SIDE);
  return NULL;
}

/* Rows as long as the digits that the toolbox comes with have pixels, 28 x 28 or padded to 32 x 32, are pictures. */
static LrpShape
guess_row (gint64 length)
{
  gint64 side = length == 28 * 28 ? 28 : length == 32 * 32 ? 32 : 0;

  return side ? LRP_SHAPE (1, 1, side, side) : LRP_SHAPE (1, length);
}

static LrpNetwork *
build_network (const GArray *modules, const char *name, GError **error)
{
  for (guint i = 0; i < modules->len; i++)
    {
      const Module *module = &g_array_index (modules, Module, i);
      LrpShape row;
      if (!module->weights)
        continue;
      if (module->weights->shape.rank == 4)
        return find_side (modules, name, module->weights->shape.dims[1], error);
      row = guess_row (module->weights->shape.dims[1]);
      return try_input (modules, name, &row, error);
    }
  g_set_error_literal (error, LRP_ERROR, LRP_ERROR_DAMAGED, _("the file holds no module with weights"));
  return NULL;
}

/* In the toolbox pixels go from -1 to 1. */
static void
describe (const LrpNetwork *network, GHashTable **metadata)
{
  const LrpShape *shape = &lrp_network_get_layer (network, 0)->shape;
  gint64 channels = shape->rank == 4 ? shape->dims[1] : 0;
  g_autofree char *card = NULL;

  if (!metadata || (channels != 1 && channels != 3))
    return;
  card = g_strdup_printf ("{\"input\": {\"format\": \"%s\", \"scale\": 0.00784313725490196, \"mean\": [1]}}",
                          channels == 1 ? "gray" : "rgb");
  *metadata = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_hash_table_insert (*metadata, g_strdup ("relevance.defaults"), g_bytes_new (card, strlen (card)));
}

/**
 * lrp_toolbox_recognize:
 * @data: (array length=size): a file
 * @size: its length in bytes
 *
 * Returns: whether it looks like a network of the LRP Toolbox: whether its first word is a module's name
 */
gboolean
lrp_toolbox_recognize (const guint8 *data, gsize size)
{
  Text text = { { data, size }, 1 };

  return find_kind (next_word (&text)) != NULL;
}

/**
 * lrp_toolbox_read:
 * @file: the file
 * @metadata: (out) (optional) (element-type utf8 GBytes): what is known about pictures, as a card
 * @error: return location for an error with the line
 *
 * Reads a network as it stands in the file, without simplifying it. Line breaks between numbers do not matter, so
 * weights may also stand in several lines, as in old files.
 *
 * Returns: (transfer full) (nullable): the network
 */
LrpNetwork *
lrp_toolbox_read (const LrpModelFile *file, GHashTable **metadata, GError **error)
{
  g_autoptr (GArray) modules = read_modules (file->network, error);
  LrpNetwork *network = modules ? build_network (modules, file->name, error) : NULL;

  if (network)
    describe (network, metadata);
  return network;
}
