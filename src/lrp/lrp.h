/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lrp.h: the whole library; the only header outsiders include */
#pragma once

#include "lrp/composite.h"
#include "lrp/error.h"
#include "lrp/explanation.h"
#include "lrp/method.h"
#include "lrp/metric.h"
#include "lrp/network.h"
#include "lrp/op.h"
#include "lrp/param.h"
#include "lrp/request.h"
#include "lrp/rule.h"
#include "lrp/run.h"
#include "lrp/shape.h"
#include "lrp/stats.h"
#include "lrp/target.h"
#include "lrp/tensor.h"
#include "lrp/types.h"
