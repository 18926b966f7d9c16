/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explain-report.h: an explanation in numbers, for people and as JSON */
#pragma once

#include "cli/subject.h"

G_BEGIN_DECLS

/* In seconds. */
typedef struct
{
  double load, forward, relevance;
} CliTimes;

void cli_report_text (const LrpExplanation *explanation, const LrpRequest *request,
                      const LrpClassSensitivity *sensitivity, const CliTimes *times);
void cli_report_json (const LrpExplanation *explanation, const LrpRequest *request, const CliSubjectPicture *picture,
                      const LrpClassSensitivity *sensitivity, const CliTimes *times);

G_END_DECLS
