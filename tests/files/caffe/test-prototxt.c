/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-prototxt.c: protobuf's text format: what it means, and where it is wrong */
#include "files/caffe/prototxt.h"
#include "files/io/text.h"

#include <locale.h>
#include <string.h>

static LrpPrototxt *
parse_good (const char *text)
{
  g_autoptr (GError) error = NULL;
  LrpPrototxt *txt = lrp_prototxt_parse ((LrpBytes){ (const guint8 *) text, strlen (text) }, &error);

  g_assert_no_error (error);
  g_assert_nonnull (txt);
  return txt;
}

/* The tree as text: name=value, strings in quotes, messages in parentheses. */
static void
show (const LrpPrototxt *txt, const LrpProtoField *message, GString *out)
{
  for (const LrpProtoField *at = lrp_prototxt_first (txt, message, NULL); at; at = lrp_prototxt_next (txt, at, NULL))
    {
      g_string_append (out, out->len && !strchr ("( ", out->str[out->len - 1]) ? " " : "");
      g_string_append_len (out, (const char *) at->name.data, (gssize) at->name.size);
      if (at->is_message)
        {
          g_string_append (out, "(");
          show (txt, at, out);
          g_string_append (out, ")");
          continue;
        }
      g_string_append (out, at->quoted ? "='" : "=");
      g_string_append_len (out, (const char *) at->value.data, (gssize) at->value.size);
      g_string_append (out, at->quoted ? "'" : "");
    }
}

static const struct
{
  const char *text, *means;
} good[] = {
  { "", "" },
  { "# nothing\n  ", "" },
  { "a: 1 b:2", "a=1 b=2" },
  { "\357\273\277a: 1", "a=1" },
  { "a { b: -1.5e-3 c: WORD } d: true", "a(b=-1.5e-3 c=WORD) d=true" },
  { "a: { b < c: 1; > , } # end", "a(b(c=1))" },
  { "dim: [1, 2,3] dim: 4 e: []", "dim=1 dim=2 dim=3 dim=4" },
  { "s: 'it' \"em\"", "s='item'" },
  { "s: \"a\\x41\\101\\\"\\\\\"", "s='aAA\"\\'" },
  { "s: 'a#b{'", "s='a#b{'" },
  { "a{}b{}", "a() b()" },
};

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (LrpPrototxt) txt = parse_good (good[i].text);
      g_autoptr (GString) out = g_string_new (NULL);
      show (txt, lrp_prototxt_root (txt), out);
      g_assert_cmpstr (out->str, ==, good[i].means);
    }
}

static const struct
{
  const char *text, *says;
} bad[] = {
  { "a: 1\n  }", "line 2, column 3: this brace closes nothing" },
  { "a {\n b {\n }", "line 1, column 1: “a”: it is not closed" },
  { "a { >", "line 1, column 5: this brace closes nothing" },
  { "a: 0,5", "line 1, column 6: a name is expected here, not a number (decimals are written with a point)" },
  { "s: 'abc", "line 1, column 4: the string that begins here is not closed" },
  { "s: 'a\nb'", "line 1, column 4: the string that begins here is not closed" },
  { "s: '\\q'", "line 1, column 6: this escape is not known" },
  { "s: '\\777'", "this escape is not known" },
  { "a", "line 1, column 2: “:” or “{” is expected here" },
  { "a 1", "line 1, column 3: “:” or “{” is expected here" },
  { "a:", "line 1, column 3: a value is expected here" },
  { "a: [1, 2", "line 1, column 9: “]” is expected here" },
  { "a: [1 2]", "“]” is expected here" },
  { "{", "line 1, column 1: a name is expected here" },
  { "\x01\x02", "line 1, column 1: a name is expected here" },
  { "a: \x80", "line 1, column 4: a value is expected here" },
};

static void
check_error (const char *text, gsize size, const char *says)
{
  g_autoptr (GError) error = NULL;
  LrpPrototxt *txt = lrp_prototxt_parse ((LrpBytes){ (const guint8 *) text, size }, &error);

  g_assert_null (txt);
  g_assert_nonnull (error);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  if (!strstr (error->message, says))
    g_error ("“%s” is not in “%s”", says, error->message);
}

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    check_error (bad[i].text, strlen (bad[i].text), bad[i].says);
  check_error ("a: 1 \0 b: 2", 11, "line 1, column 6: a name is expected here");
}

/* Nesting is bounded, and costs no stack up to there. */
static void
test_depth (void)
{
  GString *text = g_string_new (NULL);
  g_autoptr (LrpPrototxt) txt = NULL;

  for (guint i = 0; i + 1 < LRP_PROTOTXT_MAX_DEPTH; i++)
    g_string_append (text, "a{");
  for (guint i = 0; i + 1 < LRP_PROTOTXT_MAX_DEPTH; i++)
    g_string_append (text, "}");
  txt = parse_good (text->str);
  g_string_truncate (text, 0);
  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "a{");
  check_error (text->str, text->len, "line 1, column 128: nested too deeply");
  g_string_truncate (text, 0);
  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "{");
  check_error (text->str, text->len, "line 1, column 1: ");
  g_string_free (text, TRUE);
}

/* Long tokens, and files with too much in them. */
static void
test_sizes (void)
{
  g_autofree char *word = g_strnfill (3000000, 'a'), *text = g_strconcat ("s: '", word, "'", NULL);
  g_autofree char *exact = g_strnfill (LRP_MAX_NAME, 'a'), *fits = g_strconcat ("s: '", exact, "'", NULL);
  g_autoptr (LrpPrototxt) txt G_GNUC_UNUSED = parse_good (fits);
  GString *many = g_string_new (NULL);

  check_error (text, strlen (text), "line 1, column 4: the string that begins here is too long");
  check_error (word, strlen (word), "a word or number is too long");
  for (guint i = 0; i < LRP_PROTOTXT_MAX_FIELDS; i++)
    g_string_append (many, "a:1 ");
  check_error (many->str, many->len, "the file has too many fields");
  g_string_free (many, TRUE);
}

static const struct
{
  const char *text;
  gboolean is_int, is_double, is_bool;
  gint64 i;
  double d;
} values[] = {
  { "7", TRUE, TRUE, FALSE, 7, 7 },
  { "-3", TRUE, TRUE, FALSE, -3, -3 },
  { "0x10", TRUE, TRUE, FALSE, 16, 16 },
  { "1", TRUE, TRUE, TRUE, 1, 1 },
  { "0.5", FALSE, TRUE, FALSE, 0, 0.5 },
  { "1.5f", FALSE, TRUE, FALSE, 0, 1.5 },
  { "1e400", FALSE, FALSE, FALSE, 0, 0 },
  { "nan", FALSE, FALSE, FALSE, 0, 0 },
  { "99999999999999999999", FALSE, TRUE, FALSE, 0, 1e20 },
  { "true", FALSE, FALSE, TRUE, 0, 0 },
  { "'7'", FALSE, FALSE, FALSE, 0, 0 },
  { "7x", FALSE, FALSE, FALSE, 0, 0 },
  { "{}", FALSE, FALSE, FALSE, 0, 0 },
};

static void
check_values (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (values); k++)
    {
      g_autofree char *text = g_strconcat ("a: ", values[k].text, NULL);
      g_autoptr (LrpPrototxt) txt = parse_good (text);
      const LrpProtoField *field = lrp_prototxt_first (txt, lrp_prototxt_root (txt), "a");
      gboolean b;
      gint64 i;
      double d;
      g_assert_true (lrp_prototxt_get_int (field, &i, NULL) == values[k].is_int);
      g_assert_true (lrp_prototxt_get_double (field, &d, NULL) == values[k].is_double);
      g_assert_true (lrp_prototxt_get_bool (field, &b, NULL) == values[k].is_bool);
      if (values[k].is_int)
        g_assert_cmpint (i, ==, values[k].i);
      if (values[k].is_double)
        g_assert_cmpfloat (d, ==, values[k].d);
    }
}

/* The locale does not matter, not even one that writes 0,5. */
static void
test_values (void)
{
  const char *before = setlocale (LC_NUMERIC, NULL);
  g_autofree char *saved = g_strdup (before);

  check_values ();
  if (setlocale (LC_NUMERIC, "de_DE.UTF-8"))
    check_values ();
  setlocale (LC_NUMERIC, saved);
}

static void
test_find (void)
{
  g_autoptr (LrpPrototxt) txt = parse_good ("a: 1 b: 2\n  a: 3");
  const LrpProtoField *root = lrp_prototxt_root (txt), *field;
  g_autoptr (GError) error = NULL;

  g_assert_true (lrp_prototxt_find (txt, root, "b", &field, &error));
  g_assert_nonnull (field);
  g_assert_true (lrp_prototxt_find (txt, root, "c", &field, &error));
  g_assert_null (field);
  g_assert_false (lrp_prototxt_find (txt, root, "a", &field, &error));
  g_assert_cmpstr (error->message, ==, "line 2, column 3: “a”: it is given twice");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/prototxt/good", test_good);
  g_test_add_func ("/prototxt/bad", test_bad);
  g_test_add_func ("/prototxt/depth", test_depth);
  g_test_add_func ("/prototxt/sizes", test_sizes);
  g_test_add_func ("/prototxt/values", test_values);
  g_test_add_func ("/prototxt/find", test_find);
  return g_test_run ();
}
