/* SPDX-License-Identifier: GPL-3.0-or-later */
/* common-params.h: parameters that rules and composites share, described once; private to the core's tables */
#pragma once

#include "lrp/rules/rule.h"

#include <math.h>

#define LRP_PARAM_EPSILON                                                                                              \
  {                                                                                                                    \
    "epsilon", N_("Stabiliser: pulls shares with a small denominator towards zero"), 0, 1e6, 1e-6, 1e-9, 10, TRUE,    \
        NULL, .role = LRP_ROLE_STABILIZER                                                                              \
  }
#define LRP_PARAM_SCALE                                                                                                \
  {                                                                                                                    \
    "scale", N_("Whether epsilon counts as it is or times the root mean square of the layer’s outputs"), 0, 1, 0, 0,  \
        1, FALSE, (const char *const[]){ "absolute", "rms", NULL }, N_("Epsilon Counts"),                             \
        .role = LRP_ROLE_STABILIZER_SCALE                                                                              \
  }
#define LRP_PARAM_GAMMA                                                                                                \
  {                                                                                                                    \
    "gamma", N_("How much contributions of the output’s own sign are favoured"), -0.99, 1e9, 0.25, 0, 4, FALSE, NULL, \
        .role = LRP_ROLE_GAMMA                                                                                         \
  }
#define LRP_PARAM_ALPHA                                                                                                \
  {                                                                                                                    \
    "alpha", N_("Weight of what speaks for; what speaks against gets alpha − 1"), 1, 1e6, 2, 1, 5, FALSE, NULL,       \
        .role = LRP_ROLE_FOR                                                                                           \
  }
#define LRP_PARAM_BETA                                                                                                 \
  {                                                                                                                    \
    "beta", N_("Weight of what speaks against; always alpha − 1, so it need not be given"), 0, 1e6, NAN, 0, 4, FALSE, \
        NULL, .role = LRP_ROLE_AGAINST                                                                                 \
  }
#define LRP_PARAM_SMOOTHNESS                                                                                           \
  {                                                                                                                    \
    "beta", N_("How sharp the smoothed ReLU still is; without end it is the ReLU itself"), 0, 1e6, 10, 0.1, 100,      \
        TRUE, NULL, N_("Sharpness"), .role = LRP_ROLE_SMOOTHNESS                                                      \
  }
#define LRP_PARAM_LOW                                                                                                  \
  {                                                                                                                    \
    "low", N_("Least value an input can have; the model’s own unless given"), -1e9, 1e9, NAN, -3, 1, FALSE, NULL,     \
        N_("Least Value"), .role = LRP_ROLE_LOW                                                                       \
  }
#define LRP_PARAM_HIGH                                                                                                 \
  {                                                                                                                    \
    "high", N_("Largest value an input can have; the model’s own unless given"), -1e9, 1e9, NAN, 0, 3, FALSE, NULL,   \
        N_("Largest Value"), .role = LRP_ROLE_HIGH                                                                    \
  }
#define LRP_PARAM_BIAS                                                                                                 \
  {                                                                                                                    \
    "bias", N_("Whether biases take their share of the relevance"), 0, 1, 0, 0, 1, FALSE,                             \
        (const char *const[]){ "keep", "ignore", NULL }, N_("Biases"), .role = LRP_ROLE_BIAS                          \
  }
#define LRP_PARAM_TERM(key, text)                                                                                      \
  {                                                                                                                    \
    key, text, -1e6, 1e6, 1, -2, 2, FALSE, NULL                                                                        \
  }
#define LRP_PARAMS_CUSTOM                                                                                              \
  LRP_PARAM_TERM ("pp", N_("Share of positive inputs through positive weights")),                                     \
      LRP_PARAM_TERM ("pn", N_("Share of positive inputs through negative weights")),                                 \
      LRP_PARAM_TERM ("np", N_("Share of negative inputs through positive weights")),                                 \
      LRP_PARAM_TERM ("nn", N_("Share of negative inputs through negative weights")),                                 \
      LRP_PARAM_TERM ("b", N_("Share of the bias in the denominator"))
