/* SPDX-License-Identifier: GPL-3.0-or-later */
/* param-row.c: a slider made from the description of a parameter */
#include "config.h"

#include "app/choose/param-row.h"

#include "app/kit/text.h"

#include <glib/gi18n.h>
#include <math.h>

/* The slider's own positions: 0 at the parameter's low end, 1 at its high end. */
#define STEP 0.01
#define PAGE 0.1

/**
 * RlvParamRow:
 *
 * Name, value, a button back to the default, and a slider from the parameter's low to its high end; values beyond them,
 * which the parameter allows but no slider reaches, are kept and shown. NaN is "from the model".
 */
struct _RlvParamRow
{
  AdwPreferencesRow parent_instance;

  const LrpParam *param;
  double value;
  gboolean moving; /* the slider follows the value, not the other way round */

  GtkWidget *label;
  GtkWidget *number;
  GtkWidget *reset;
  GtkAdjustment *position;
  GtkScale *scale;
};

G_DEFINE_FINAL_TYPE (RlvParamRow, rlv_param_row, ADW_TYPE_PREFERENCES_ROW)

enum
{
  PROP_0,
  PROP_VALUE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static double
value_to_position (const LrpParam *param, double value)
{
  double position;

  if (isnan (value))
    return 0.5;
  if (param->log)
    position = log (MAX (value, param->low) / param->low) / log (param->high / param->low);
  else
    position = (value - param->low) / (param->high - param->low);
  return CLAMP (position, 0, 1);
}

/* Rounded to what the slider can tell apart, so that no one sees 0.30000000000000004. */
static double
round_to (double value, double unit)
{
  return unit > 0 ? round (value / unit) * unit : value;
}

static double
position_to_value (const LrpParam *param, double position)
{
  double value;

  if (param->log)
    {
      value = param->low * pow (param->high / param->low, position);
      return round_to (value, pow (10, floor (log10 (value)) - 1));
    }
  value = param->low + position * (param->high - param->low);
  return round_to (value, (param->high - param->low) / 1000);
}

static void
show_value (RlvParamRow *self)
{
  g_autofree char *text = rlv_text_param_value (self->value);
  gboolean is_default = self->value == self->param->def || (isnan (self->value) && isnan (self->param->def));

  gtk_label_set_label (GTK_LABEL (self->number), text);
  gtk_widget_set_opacity (self->reset, is_default ? 0 : 1);
  gtk_widget_set_sensitive (self->reset, !is_default);
  self->moving = TRUE;
  gtk_adjustment_set_value (self->position, value_to_position (self->param, self->value));
  self->moving = FALSE;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
moved_cb (RlvParamRow *self)
{
  if (!self->moving)
    rlv_param_row_set_value (self, position_to_value (self->param, gtk_adjustment_get_value (self->position)));
}

static void
reset_cb (RlvParamRow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->scale));
  rlv_param_row_set_value (self, self->param->def);
}

static void
rlv_param_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_double (value, RLV_PARAM_ROW (object)->value);
}

static void
rlv_param_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  rlv_param_row_set_value (RLV_PARAM_ROW (object), g_value_get_double (value));
}

static void
rlv_param_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RLV_TYPE_PARAM_ROW);
  G_OBJECT_CLASS (rlv_param_row_parent_class)->dispose (object);
}

static void
rlv_param_row_class_init (RlvParamRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rlv_param_row_dispose;
  object_class->get_property = rlv_param_row_get_property;
  object_class->set_property = rlv_param_row_set_property;

  properties[PROP_VALUE] = g_param_spec_double ("value", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/relevance_lrp/Relevance/ui/choose/param-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RlvParamRow, label);
  gtk_widget_class_bind_template_child (widget_class, RlvParamRow, number);
  gtk_widget_class_bind_template_child (widget_class, RlvParamRow, reset);
  gtk_widget_class_bind_template_child (widget_class, RlvParamRow, position);
  gtk_widget_class_bind_template_child (widget_class, RlvParamRow, scale);
  gtk_widget_class_bind_template_callback (widget_class, moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_cb);
}

/* The wheel must scroll the panel and not change a slider that happens to pass under the pointer. */
static void
ignore_wheel (GtkWidget *scale)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (scale);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}

static void
rlv_param_row_init (RlvParamRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ignore_wheel (GTK_WIDGET (self->scale));
}

/**
 * rlv_param_row_new:
 * @param: a parameter that is a number
 *
 * Returns: (transfer full): a row at the parameter's default
 */
GtkWidget *
rlv_param_row_new (const LrpParam *param)
{
  RlvParamRow *self = g_object_new (RLV_TYPE_PARAM_ROW, NULL);
  g_autofree char *title = rlv_text_param_title (param);

  self->param = param;
  self->value = param->def;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _(param->blurb));
  gtk_adjustment_configure (self->position, 0, 0, 1, STEP, PAGE, 0);
  show_value (self);
  return GTK_WIDGET (self);
}

/**
 * rlv_param_row_get_value:
 * @self: a row
 *
 * Returns: the value; NaN is "from the model"
 */
double
rlv_param_row_get_value (RlvParamRow *self)
{
  g_return_val_if_fail (RLV_IS_PARAM_ROW (self), NAN);
  return self->value;
}

/**
 * rlv_param_row_set_value:
 * @self: a row
 * @value: the value to show; what the parameter does not allow is brought into its range
 */
void
rlv_param_row_set_value (RlvParamRow *self, double value)
{
  g_return_if_fail (RLV_IS_PARAM_ROW (self));

  if (!isnan (value))
    value = CLAMP (value, self->param->min, self->param->max);
  if (value == self->value || (isnan (value) && isnan (self->value)))
    return;
  self->value = value;
  show_value (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}
