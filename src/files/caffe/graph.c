/* SPDX-License-Identifier: GPL-3.0-or-later */
/* graph.c: which layers of a .prototxt take part when predicting, and how they hang together */
#include "config.h"

#include "files/caffe/graph.h"

#include "files/caffe/op.h"
#include "files/io/text.h"

#include <glib/gi18n-lib.h>

/* How many unsupported types a message lists. */
#define MAX_LISTED 20

static void
layer_free (gpointer data)
{
  LrpCaffeLayer *layer = data;

  g_free (layer->name);
  g_free (layer->type);
  g_strfreev (layer->bottoms);
  g_strfreev (layer->tops);
  g_free (layer);
}

/* The name in a field; NULL for none, with an error if there is something else. */
static char *
dup_name (const LrpProtoField *field, GError **error)
{
  LrpBytes text;

  return lrp_prototxt_get_text (field, &text, error) ? lrp_text_dup_name (text, error) : NULL;
}

static char **
read_names (const LrpCaffeGraph *graph, const LrpProtoField *layer, const char *key, guint *n, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (const LrpProtoField *at = lrp_prototxt_first (graph->txt, layer, key); at;
       at = lrp_prototxt_next (graph->txt, at, key))
    {
      char *name = dup_name (at, error);
      if (!name)
        return NULL;
      g_ptr_array_add (names, name);
      if (names->len > LRP_CAFFE_MAX_BLOBS)
        {
          lrp_prototxt_fail (at, error, _("there are too many of these in one layer"));
          return NULL;
        }
    }
  *n = names->len;
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_steal (names, NULL);
}

/* Whether what an include or exclude rule asks for holds when predicting: phase TEST, level 0, stage "deploy". */
static gboolean
rule_holds (const LrpCaffeGraph *graph, const LrpProtoField *rule, gboolean *holds, GError **error)
{
  *holds = TRUE;
  if (!lrp_prototxt_get_message (rule, error))
    return FALSE;
  for (const LrpProtoField *at = lrp_prototxt_first (graph->txt, rule, NULL); at;
       at = lrp_prototxt_next (graph->txt, at, NULL))
    {
      gboolean min = lrp_bytes_equal_string (at->name, "min_level"),
               max = lrp_bytes_equal_string (at->name, "max_level");
      gboolean deploy = lrp_bytes_equal_string (at->value, "deploy");
      gint64 level;
      if (lrp_bytes_equal_string (at->name, "phase"))
        *holds = *holds && (lrp_bytes_equal_string (at->value, "TEST") || lrp_bytes_equal_string (at->value, "1"));
      else if (lrp_bytes_equal_string (at->name, "stage"))
        *holds = *holds && deploy;
      else if (lrp_bytes_equal_string (at->name, "not_stage"))
        *holds = *holds && !deploy;
      else if ((min || max) && !lrp_prototxt_get_int (at, &level, error))
        return FALSE;
      else if (min || max)
        *holds = *holds && (min ? level <= 0 : level >= 0);
    }
  return TRUE;
}

/* Of include rules one must hold, of exclude rules none. */
static gboolean
takes_part (const LrpCaffeGraph *graph, const LrpProtoField *layer, gboolean *part, GError **error)
{
  static const char *const keys[] = { "include", "exclude" };
  gboolean any[2] = { FALSE, FALSE }, given = FALSE;

  for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
    for (const LrpProtoField *at = lrp_prototxt_first (graph->txt, layer, keys[k]); at;
         at = lrp_prototxt_next (graph->txt, at, keys[k]))
      {
        gboolean holds;
        if (!rule_holds (graph, at, &holds, error))
          return FALSE;
        any[k] = any[k] || holds;
        given = given || k == 0;
      }
  *part = (any[0] || !given) && !any[1];
  return TRUE;
}

static gboolean
read_type (const LrpCaffeGraph *graph, LrpCaffeLayer *layer, GError **error)
{
  const LrpProtoField *type;

  if (!lrp_prototxt_find (graph->txt, layer->field, "type", &type, error))
    return FALSE;
  if (!type)
    return lrp_prototxt_fail (layer->field, error, _("the layer has no type"));
  if (!(layer->type = dup_name (type, error)))
    return FALSE;
  layer->op = type->quoted ? lrp_caffe_op_find (layer->type) : lrp_caffe_op_find_old (layer->type);
  if (layer->op)
    {
      g_free (layer->type);
      layer->type = g_strdup (layer->op->type);
    }
  return !layer->op || !layer->op->params
         || lrp_prototxt_find (graph->txt, layer->field, layer->op->params, &layer->params, error);
}

static gboolean
read_layer (LrpCaffeGraph *graph, const LrpProtoField *field, GHashTable *names, GError **error)
{
  LrpCaffeLayer *layer;
  const LrpProtoField *name;
  gboolean part;

  if (!lrp_prototxt_get_message (field, error) || !takes_part (graph, field, &part, error))
    return FALSE;
  if (!part)
    return TRUE;
  if (lrp_prototxt_first (graph->txt, field, "layer"))
    return lrp_prototxt_fail (field, error, _("this is Caffe's form of 2013; upgrade it with upgrade_net_proto_text"));
  if (graph->layers->len >= LRP_CAFFE_MAX_LAYERS)
    return lrp_prototxt_fail (field, error, _("there are too many layers"));
  layer = g_new0 (LrpCaffeLayer, 1);
  layer->field = field;
  g_ptr_array_add (graph->layers, layer);
  if (!lrp_prototxt_find (graph->txt, field, "name", &name, error)
      || !(layer->name = name ? dup_name (name, error) : g_strdup (""))
      || !(layer->bottoms = read_names (graph, field, "bottom", &layer->n_bottoms, error))
      || !(layer->tops = read_names (graph, field, "top", &layer->n_tops, error)))
    return FALSE;
  if (*layer->name && !g_hash_table_add (names, layer->name))
    return lrp_prototxt_fail (name, error, _("two layers have this name"));
  return read_type (graph, layer, error);
}

/* One message for all, so that nobody finds them out one by one. */
static gboolean
check_types (const LrpCaffeGraph *graph, GError **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) first = g_ptr_array_new ();
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < graph->layers->len; i++)
    {
      LrpCaffeLayer *layer = graph->layers->pdata[i];
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, layer->type));
      if (layer->op)
        continue;
      if (count == 0)
        g_ptr_array_add (first, layer);
      g_hash_table_replace (counts, layer->type, GUINT_TO_POINTER (count + 1));
    }
  for (guint i = 0; i < MIN (first->len, MAX_LISTED); i++)
    {
      const LrpCaffeLayer *layer = first->pdata[i];
      g_autofree char *type = lrp_text_show_string (layer->type), *name = lrp_text_show_string (layer->name);
      g_string_append_printf (list, i == 0 ? _("%s (%u; layer “%s”)") : _(", %s (%u)"), type,
                              GPOINTER_TO_UINT (g_hash_table_lookup (counts, layer->type)), name);
    }
  if (first->len > MAX_LISTED)
    g_string_append_printf (list, _(" and %u more"), first->len - MAX_LISTED);
  if (first->len > 0)
    g_set_error (error, LRP_ERROR, LRP_ERROR_UNSUPPORTED, _("layer types not supported: %s"), list->str);
  return first->len == 0;
}

/**
 * lrp_caffe_graph_new:
 * @text: a .prototxt, which must outlive the result
 * @error: return location for an error
 *
 * Reads the layers that take part when predicting. Both forms are understood: “layer” with types as strings and the
 * older “layers” with types as words.
 *
 * Returns: (transfer full) (nullable): the layers, all of types that can be read
 */
LrpCaffeGraph *
lrp_caffe_graph_new (LrpBytes text, GError **error)
{
  g_autoptr (LrpCaffeGraph) graph = g_new0 (LrpCaffeGraph, 1);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  graph->layers = g_ptr_array_new_with_free_func (layer_free);
  if (!(graph->txt = lrp_prototxt_parse (text, error)))
    return NULL;
  for (const LrpProtoField *at = lrp_prototxt_first (graph->txt, lrp_prototxt_root (graph->txt), NULL); at;
       at = lrp_prototxt_next (graph->txt, at, NULL))
    if ((lrp_bytes_equal_string (at->name, "layer") || lrp_bytes_equal_string (at->name, "layers"))
        && !read_layer (graph, at, names, error))
      return NULL;
  if (graph->layers->len == 0)
    {
      g_set_error_literal (error, LRP_ERROR, LRP_ERROR_DAMAGED, _("the file describes no layers"));
      return NULL;
    }
  return check_types (graph, error) ? g_steal_pointer (&graph) : NULL;
}

/**
 * lrp_caffe_graph_free:
 * @graph: (transfer full) (nullable): layers
 */
void
lrp_caffe_graph_free (LrpCaffeGraph *graph)
{
  if (!graph)
    return;
  g_ptr_array_unref (graph->layers);
  lrp_prototxt_free (graph->txt);
  g_free (graph);
}
