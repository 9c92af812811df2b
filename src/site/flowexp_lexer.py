"""The colours of FlowExp's examples, for Pygments."""

from pygments.lexer import RegexLexer, bygroups, words
from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String, Text

__all__ = ["FlowExpLexer"]

DECLARES = (
    "param let fn system observable mask sampler data architecture loss metric schedule phase experiment sweep profile"
).split()
WORDS = (
    "flowexp import as on of in for if then else with where and or not extends expect claim within baseline "
    "confidence data_free true false"
).split()
SAMPLES = "x z u s n log_p log_q log_w beta".split()


class FlowExpLexer(RegexLexer):
    name = "FlowExp"
    aliases = ["flowexp"]
    filenames = ["*.flowexp"]
    tokens = {
        "root": [
            (r"#[^\n]*", Comment.Single),
            (r'"(?:[^"\\\n]|\\.)*"', String),
            (r"\b\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?", Number),
            (r"(?<=\d )(?:steps|samples|kJ|kcal|nm|ps|fs|K|deg|rad|mol|%)\b", Keyword.Type),
            (
                r"\b(" + "|".join(DECLARES) + r")(\s+)([^\W\d]\w*)",
                bygroups(Keyword.Declaration, Text, Name.Variable),
            ),
            (words(WORDS, prefix=r"\b", suffix=r"\b"), Keyword),
            (words(SAMPLES, prefix=r"\b", suffix=r"\b"), Name.Variable.Magic),
            (r"[^\W\d]\w*(?=\s*\()", Name.Function),
            (r"[^\W\d]\w*(?=\s*\{)", Name.Class),
            (r"[^\W\d]\w*(?=\s*=(?!=))", Name.Attribute),
            (r"[^\W\d]\w*", Name),
            (r">>|->|\.\.|[<>=!]=|[-+*/^<>=%]", Operator),
            (r"[{}()\[\],:.]", Punctuation),
            (r"\s+", Text),
        ]
    }
