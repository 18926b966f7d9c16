/* SPDX-License-Identifier: GPL-3.0-or-later */
/* server.h: a server on this computer that lies in the way the address says (lying-server.py) */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _Server Server;

/* Serves one file. */
Server *server_start (const char *path) G_GNUC_WARN_UNUSED_RESULT;
void server_stop (Server *server);
/* "http://127.0.0.1:PORT/LIE" */
char *server_dup_address (Server *server, const char *lie) G_GNUC_WARN_UNUSED_RESULT;
/* What was asked for since the last call: "/LIE RANGE IF-RANGE STATUS\n" each. */
char *server_take_log (Server *server) G_GNUC_WARN_UNUSED_RESULT;

/* A file of many bytes that are the same every time; its checksum. */
char *server_write_content (const char *path, gsize size) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Server, server_stop)

G_END_DECLS
