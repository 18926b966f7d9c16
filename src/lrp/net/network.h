/* SPDX-License-Identifier: GPL-3.0-or-later */
/* network.h: the graph: layers in the order they are computed, and what goes in and comes out */
#pragma once

#include "lrp/net/op.h"

G_BEGIN_DECLS

#define LRP_MAX_CHANNELS 4

/**
 * LrpPixels:
 * @LRP_PIXELS_UNKNOWN: nothing is known about the input
 * @LRP_PIXELS_GRAY: one channel
 * @LRP_PIXELS_RGB: red, green, blue
 * @LRP_PIXELS_BGR: blue, green, red
 *
 * What the channels of a picture mean to the network.
 */
typedef enum
{
  LRP_PIXELS_UNKNOWN,
  LRP_PIXELS_GRAY,
  LRP_PIXELS_RGB,
  LRP_PIXELS_BGR,
} LrpPixels;

/**
 * LrpOrigin:
 * @LRP_ORIGIN_ASSUMED: nobody says it; most networks have it so
 * @LRP_ORIGIN_CONFIG: config.json or preprocessor_config.json beside the model says it, as Hugging Face writes them
 * @LRP_ORIGIN_MODEL: the model's file says it
 * @LRP_ORIGIN_CARD: a card beside the model says it, as when it was set by hand
 *
 * Where a part of an input's description comes from.
 */
typedef enum
{
  LRP_ORIGIN_ASSUMED,
  LRP_ORIGIN_CONFIG,
  LRP_ORIGIN_MODEL,
  LRP_ORIGIN_CARD,
  LRP_N_ORIGINS
} LrpOrigin;

/**
 * LrpInput:
 * @pixels: what the channels are
 * @n_channels: for how many channels the arrays below hold numbers
 * @scale: a pixel 0..255 times this, minus @mean, over @std, is what the network reads
 * @bounded: whether @low and @high are known
 * @low: least value of each channel, after preprocessing
 * @high: largest value of each channel, after preprocessing
 * @inverted: whether dark ink on light paper must be inverted first (MNIST: ink is bright)
 * @crop: share of the picture's shorter side that the network was tested on, above 0 and up to 1
 * @linear: whether the network was trained on light, not on sRGB's levels of it: these are undone before @scale
 * @channels_last: whether the file's own input is [N, H, W, C], which the network's is [N, C, H, W] of
 * @origins: where it is from
 *
 * How a picture becomes the network's input.
 */
struct _LrpInput
{
  LrpPixels pixels;
  guint n_channels;
  double scale;
  double mean[LRP_MAX_CHANNELS], std[LRP_MAX_CHANNELS];
  gboolean bounded;
  double low[LRP_MAX_CHANNELS], high[LRP_MAX_CHANNELS];
  gboolean inverted;
  double crop;
  gboolean linear;
  gboolean channels_last;
  struct
  {
    LrpOrigin pixels, ink, scale, mean, std, crop, labels;
  } origins;
};

/**
 * LrpNetwork:
 * @name: short, from the file's name
 * @title: (nullable): for people
 * @description: (nullable): a sentence or two for people
 * @layers: (element-type LrpLayer): in the order of computation; layer 0 is the input
 * @output: the layer whose output is the scores, [N, classes] or, where each class has places, [N, classes, places ...]
 * @input: how a picture becomes the input
 * @labels: (nullable) (array zero-terminated=1): names of the classes
 * @end: (nullable): what was cut off behind the scores; lrp_network_get_end() says how any network ends
 *
 * A network. It is built by lrp_network_add(), then sealed by lrp_network_canonize(); from then on it does not change
 * and may be shared between threads.
 */
struct _LrpNetwork
{
  char *name, *title, *description;
  GPtrArray *layers;
  guint output;
  LrpInput input;
  char **labels;
  const LrpEnd *end;
  /*< private >*/
  guint first_linear, first_convolution; /* layers; 0: none */
  GHashTable *names;                     /* layer name -> index + 1 */
  GMutex lock;                           /* guards packs */
  GHashTable *packs;                     /* weights in oneDNN's layouts: see pack.h */
  gatomicrefcount ref_count;
};

LrpNetwork *lrp_network_new (const char *name, const char *input_name,
                             const LrpShape *input_shape) G_GNUC_WARN_UNUSED_RESULT;
LrpNetwork *lrp_network_ref (LrpNetwork *network);
void lrp_network_unref (LrpNetwork *network);

/* Takes the layer, finds its output's shape, returns its index, or -1 with an error that names the layer. */
int lrp_network_add (LrpNetwork *network, LrpLayer *layer, GError **error);
/* A new network, simplified: batch norm folded, biases merged, a softmax at the end cut, identities dropped. */
LrpNetwork *lrp_network_canonize (LrpNetwork *network, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Title, labels and what the input means: all that is not layers. */
void lrp_network_copy_description (const LrpNetwork *from, LrpNetwork *to);

/* Finds low and high anew: what pixels of 0 and 255 become. */
void lrp_input_find_range (LrpInput *input);
/* Takes for granted, where a program makes the input itself, what nobody says of it. */
void lrp_input_assume (LrpInput *input, const LrpShape *shape);
/* From a pixel of 0..255 to the number that is read, and back. */
float lrp_input_from_level (const LrpInput *input, guint channel, double level);
double lrp_input_to_level (const LrpInput *input, guint channel, double value);
/* The same layers, with another description of the input and, where they are given, other labels. */
LrpNetwork *lrp_network_with_input (LrpNetwork *network, const LrpInput *input,
                                    const char *const *labels) G_GNUC_WARN_UNUSED_RESULT;

const LrpLayer *lrp_network_get_layer (const LrpNetwork *network, guint index);
int lrp_network_find_layer (const LrpNetwork *network, const char *name);
/* The batch that the shapes of its layers are for; it takes any other, too, unless samples meet somewhere. */
gint64 lrp_network_get_batch (const LrpNetwork *network);
const LrpLayer *lrp_network_find_meeting (const LrpNetwork *network);
guint lrp_network_n_classes (const LrpNetwork *network);
/* The axes along which each class has a score of its own, as in the segmentation of a picture: none where it has
 * one. */
void lrp_network_get_places (const LrpNetwork *network, LrpShape *places);
gsize lrp_network_n_places (const LrpNetwork *network);
/* The label without a number of WordNet, or the class's number as text. */
char *lrp_network_dup_label (const LrpNetwork *network, guint class_index) G_GNUC_WARN_UNUSED_RESULT;
/* By label, synonym, number of WordNet, or number; -1 with an error if that is no class, or several. */
int lrp_network_find_class (const LrpNetwork *network, const char *text, GError **error);
/* Parameters of all layers; those that layers share count once. */
guint64 lrp_network_n_parameters (const LrpNetwork *network);
/* Parameters (weights and biases) and multiply-adds of a layer, for one sample. */
guint64 lrp_network_layer_parameters (const LrpNetwork *network, guint index);
guint64 lrp_network_layer_macs (const LrpNetwork *network, guint index);
gboolean lrp_network_is_light (const LrpNetwork *network);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LrpNetwork, lrp_network_unref)

G_END_DECLS
