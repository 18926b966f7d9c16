/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz.h: what a fuzz target offers, by libFuzzer's name; fuzz-driver.c replays a corpus where there is no libFuzzer */
#pragma once

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
