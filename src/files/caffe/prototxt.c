/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prototxt.c: protobuf's text format: NAME: VALUE, NAME { ... }, and lists. Messages within messages become a list with
 * indices, so nesting in the file never becomes depth of the stack. */
#include "config.h"

#include "files/caffe/prototxt.h"

#include "files/io/text.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

struct _LrpPrototxt
{
  GArray *fields;        /* of LrpProtoField; the first is the whole file */
  GStringChunk *strings; /* what strings with escapes mean */
};

typedef struct
{
  LrpPrototxt *txt;
  LrpBytes rest;
  guint line, column;
  guint open[LRP_PROTOTXT_MAX_DEPTH]; /* the messages that are not yet closed, outermost first */
  char close[LRP_PROTOTXT_MAX_DEPTH]; /* and with what each is closed */
  guint depth;
} Parser;

static gboolean
fail (const Parser *parser, GError **error, const char *problem)
{
  g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("line %u, column %u: %s"), parser->line, parser->column, problem);
  return FALSE;
}

/* The next byte; -1 at the end. */
static int
peek (const Parser *parser)
{
  return parser->rest.size > 0 ? parser->rest.data[0] : -1;
}

static void
advance (Parser *parser)
{
  if (parser->rest.data[0] == '\n')
    {
      parser->line++;
      parser->column = 1;
    }
  else
    parser->column++;
  parser->rest.data++;
  parser->rest.size--;
}

/* Skips spaces and comments. */
static void
skip (Parser *parser)
{
  gboolean comment = FALSE;

  for (int c = peek (parser); c >= 0 && (comment || c == '#' || g_ascii_isspace ((char) c)); c = peek (parser))
    {
      comment = (comment || c == '#') && c != '\n';
      advance (parser);
    }
}

static gboolean
take (Parser *parser, char c)
{
  skip (parser);
  if (peek (parser) != (guchar) c)
    return FALSE;
  advance (parser);
  return TRUE;
}

static gboolean
is_word (int c)
{
  return c >= 0 && c < 0x80 && (g_ascii_isalnum ((char) c) || c == '_');
}

/* Letters, digits and underscores, and what else numbers are made of. */
static gboolean
read_word (Parser *parser, gboolean number, LrpBytes *word, GError **error)
{
  *word = (LrpBytes){ parser->rest.data, 0 };
  for (int c = peek (parser); is_word (c) || (number && (c == '.' || c == '-' || c == '+')); c = peek (parser))
    {
      advance (parser);
      if (++word->size > LRP_MAX_NAME)
        return fail (parser, error, _("a word or number is too long"));
    }
  return TRUE;
}

/* Reads what follows a backslash in a string. */
static gboolean
read_escape (Parser *parser, GString *out, GError **error)
{
  static const char letters[] = "abfnrtv\\'\"?", means[] = "\a\b\f\n\r\t\v\\'\"?";
  int c = peek (parser);
  const char *at = c > 0 ? strchr (letters, c) : NULL;
  gboolean hex = c == 'x' || c == 'X';
  guint value = 0, digits = 0;

  if (at)
    {
      advance (parser);
      g_string_append_c (out, means[at - letters]);
      return TRUE;
    }
  if (hex)
    advance (parser);
  for (; digits < (hex ? 2 : 3) && (c = peek (parser)) >= 0; digits++)
    {
      int digit = g_ascii_xdigit_value ((char) c);
      if (digit < 0 || (!hex && digit > 7))
        break;
      value = value * (hex ? 16 : 8) + (guint) digit;
      advance (parser);
    }
  if (digits == 0 || value > 255)
    return fail (parser, error, _("this escape is not known"));
  g_string_append_c (out, (char) value);
  return TRUE;
}

static gboolean
read_quoted (Parser *parser, GString *out, GError **error)
{
  int quote = peek (parser);
  Parser begin = *parser;

  advance (parser);
  while (peek (parser) != quote)
    {
      int c = peek (parser);
      if (c < 0 || c == '\n')
        return fail (&begin, error, _("the string that begins here is not closed"));
      if (out->len >= LRP_MAX_NAME)
        return fail (&begin, error, _("the string that begins here is too long"));
      advance (parser);
      if (c != '\\')
        g_string_append_c (out, (char) c);
      else if (!read_escape (parser, out, error))
        return FALSE;
    }
  advance (parser);
  return TRUE;
}

/* Reads a string; several side by side are one. */
static gboolean
read_string (Parser *parser, LrpBytes *value, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int c = peek (parser); c == '"' || c == '\''; skip (parser), c = peek (parser))
    if (!read_quoted (parser, text, error))
      return FALSE;
  if (text->len > LRP_MAX_NAME)
    return fail (parser, error, _("the string that ends here is too long"));
  value->data = (const guint8 *) g_string_chunk_insert_len (parser->txt->strings, text->str, (gssize) text->len);
  value->size = text->len;
  return TRUE;
}

/* Adds a field to the innermost open message. */
static gboolean
append (Parser *parser, const LrpProtoField *field, GError **error)
{
  GArray *fields = parser->txt->fields;
  guint index = fields->len;
  LrpProtoField *parent;

  if (index >= LRP_PROTOTXT_MAX_FIELDS)
    return fail (parser, error, _("the file has too many fields"));
  g_array_append_val (fields, *field);
  parent = &g_array_index (fields, LrpProtoField, parser->open[parser->depth - 1]);
  if (parent->last)
    g_array_index (fields, LrpProtoField, parent->last).next = index;
  else
    parent->first = index;
  parent->last = index;
  return TRUE;
}

static gboolean
open_message (Parser *parser, LrpProtoField *field, GError **error)
{
  if (parser->depth >= LRP_PROTOTXT_MAX_DEPTH)
    return fail (parser, error, _("nested too deeply"));
  field->is_message = TRUE;
  if (!append (parser, field, error))
    return FALSE;
  parser->close[parser->depth] = peek (parser) == '{' ? '}' : '>';
  parser->open[parser->depth++] = parser->txt->fields->len - 1;
  advance (parser);
  return TRUE;
}

static gboolean
read_scalar (Parser *parser, LrpProtoField *field, GError **error)
{
  int c;

  skip (parser);
  c = peek (parser);
  field->quoted = c == '"' || c == '\'';
  if (field->quoted)
    return read_string (parser, &field->value, error) && append (parser, field, error);
  if (!read_word (parser, TRUE, &field->value, error))
    return FALSE;
  if (field->value.size == 0)
    return fail (parser, error, _("a value is expected here"));
  return append (parser, field, error);
}

/* Reads a list: "[1, 2]" means that the field is there twice. */
static gboolean
read_list (Parser *parser, LrpProtoField *field, GError **error)
{
  if (take (parser, ']'))
    return TRUE;
  do
    if (!read_scalar (parser, field, error))
      return FALSE;
  while (take (parser, ','));
  return take (parser, ']') || fail (parser, error, _("“]” is expected here"));
}

/* Reads a field up to the end of its value, or to the brace that opens a message. */
static gboolean
read_field (Parser *parser, GError **error)
{
  LrpProtoField field = { .line = parser->line, .column = parser->column };
  gboolean colon;

  if (g_ascii_isdigit ((char) peek (parser)))
    return fail (parser, error, _("a name is expected here, not a number (decimals are written with a point)"));
  if (!read_word (parser, FALSE, &field.name, error))
    return FALSE;
  if (field.name.size == 0)
    return fail (parser, error, _("a name is expected here"));
  colon = take (parser, ':');
  skip (parser);
  if (peek (parser) == '{' || peek (parser) == '<')
    return open_message (parser, &field, error);
  if (!colon)
    return fail (parser, error, _("“:” or “{” is expected here"));
  return take (parser, '[') ? read_list (parser, &field, error) : read_scalar (parser, &field, error);
}

static gboolean
parse (Parser *parser, GError **error)
{
  for (skip (parser); parser->rest.size > 0; skip (parser))
    {
      int c = peek (parser);
      if (c == '}' || c == '>')
        {
          if (parser->depth == 1 || c != parser->close[parser->depth - 1])
            return fail (parser, error, _("this brace closes nothing"));
          parser->depth--;
          advance (parser);
        }
      else if (!read_field (parser, error))
        return FALSE;
      if (!take (parser, ','))
        take (parser, ';');
    }
  if (parser->depth > 1)
    {
      const LrpProtoField *field = &g_array_index (parser->txt->fields, LrpProtoField, parser->open[parser->depth - 1]);
      return lrp_prototxt_fail (field, error, _("it is not closed; the file may be cut off"));
    }
  return TRUE;
}

/**
 * lrp_prototxt_parse:
 * @text: a file, which must outlive the result
 * @error: return location for an error with line and column
 *
 * Reads protobuf's text format. The locale does not matter.
 *
 * Returns: (transfer full) (nullable): the tree
 */
LrpPrototxt *
lrp_prototxt_parse (LrpBytes text, GError **error)
{
  g_autoptr (LrpPrototxt) txt = g_new0 (LrpPrototxt, 1);
  Parser parser = { .txt = txt, .rest = text, .line = 1, .column = 1, .depth = 1 };
  LrpProtoField root = { .is_message = TRUE, .line = 1, .column = 1 };

  txt->fields = g_array_new (FALSE, TRUE, sizeof (LrpProtoField));
  txt->strings = g_string_chunk_new (4096);
  g_array_append_val (txt->fields, root);
  if (text.size > LRP_PROTOTXT_MAX_SIZE)
    {
      g_set_error (error, LRP_ERROR, LRP_ERROR_RANGE, _("the text has more than %d MB"), LRP_PROTOTXT_MAX_SIZE >> 20);
      return NULL;
    }
  if (text.size >= 3 && memcmp (text.data, "\357\273\277", 3) == 0)
    parser.rest = (LrpBytes){ text.data + 3, text.size - 3 };
  return parse (&parser, error) ? g_steal_pointer (&txt) : NULL;
}

/**
 * lrp_prototxt_free:
 * @txt: (transfer full) (nullable): a tree
 */
void
lrp_prototxt_free (LrpPrototxt *txt)
{
  if (!txt)
    return;
  g_array_unref (txt->fields);
  g_string_chunk_free (txt->strings);
  g_free (txt);
}

/**
 * lrp_prototxt_root:
 * @txt: a tree
 *
 * Returns: (transfer none): the message that is the whole file
 */
const LrpProtoField *
lrp_prototxt_root (const LrpPrototxt *txt)
{
  return &g_array_index (txt->fields, LrpProtoField, 0);
}

static const LrpProtoField *
find_from (const LrpPrototxt *txt, guint index, const char *name)
{
  for (; index; index = g_array_index (txt->fields, LrpProtoField, index).next)
    {
      const LrpProtoField *field = &g_array_index (txt->fields, LrpProtoField, index);
      if (!name || lrp_bytes_equal_string (field->name, name))
        return field;
    }
  return NULL;
}

/**
 * lrp_prototxt_first:
 * @txt: a tree
 * @message: (nullable): a message of it
 * @name: (nullable): a field's name; %NULL for any
 *
 * Returns: (transfer none) (nullable): the message's first such field
 */
const LrpProtoField *
lrp_prototxt_first (const LrpPrototxt *txt, const LrpProtoField *message, const char *name)
{
  return message ? find_from (txt, message->first, name) : NULL;
}

/**
 * lrp_prototxt_next:
 * @txt: a tree
 * @field: a field of it
 * @name: (nullable): a field's name; %NULL for any
 *
 * Returns: (transfer none) (nullable): the next such field of the same message
 */
const LrpProtoField *
lrp_prototxt_next (const LrpPrototxt *txt, const LrpProtoField *field, const char *name)
{
  return find_from (txt, field->next, name);
}

/**
 * lrp_prototxt_fail:
 * @field: the field that cannot be read
 * @error: return location for an error
 * @problem: what is wrong with it
 *
 * Sets an error: "line 3, column 5: “kernel_size”: ...".
 *
 * Returns: %FALSE
 */
gboolean
lrp_prototxt_fail (const LrpProtoField *field, GError **error, const char *problem)
{
  g_autofree char *name = lrp_text_show (field->name);

  g_set_error (error, LRP_ERROR, LRP_ERROR_SYNTAX, _("line %u, column %u: “%s”: %s"), field->line, field->column, name,
               problem);
  return FALSE;
}
