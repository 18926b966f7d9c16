/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lrp.h: the whole library; the only header outsiders include */
#pragma once

#include "lrp/base/error.h"
#include "lrp/base/param.h"
#include "lrp/base/shape.h"
#include "lrp/base/stats.h"
#include "lrp/base/tensor.h"
#include "lrp/base/types.h"
#include "lrp/net/network.h"
#include "lrp/net/op.h"
#include "lrp/rules/composite.h"
#include "lrp/rules/rule.h"
#include "lrp/engine/run.h"
#include "lrp/methods/explanation.h"
#include "lrp/methods/method.h"
#include "lrp/methods/request.h"
#include "lrp/methods/target.h"
#include "lrp/methods/warning.h"
#include "lrp/metrics/flipping.h"
#include "lrp/metrics/measure.h"
#include "lrp/metrics/metric.h"
