"""What mkdocs does not know by itself: the language's colours, and the pages that are made of other files."""

import importlib
import os
import re
import sys
from pathlib import Path

from mkdocs.structure.files import File
from pygments.lexers import LEXERS

SITE = Path(__file__).parent
ROOT = SITE.parent.parent
PAGES = ROOT / "src/main/resources/diagnostics"

sys.path.insert(0, str(SITE))
importlib.import_module("flowexp_lexer")  # mkdocs takes the path back once this file is read
LEXERS["FlowExpLexer"] = ("flowexp_lexer", "FlowExp", ("flowexp",), ("*.flowexp",), ())

FAMILIES = {
    "01": "Syntax",
    "02": "Names",
    "03": "Types and units",
    "04": "Values",
    "05": "Composition",
    "06": "Warnings",
    "07": "Runs",
}


def _title(text):
    return text.partition("\n")[0].lstrip("# ").strip()


def _diagnostics(files, config):
    """A page a code, as `explain` prints it, and a list of them all."""
    lines = [
        "# Mistakes",
        "",
        "Each mistake has a code. `./run-experiment explain FX0507` prints these pages; the examples are tested.",
    ]
    family = None
    for source in sorted(PAGES.glob("FX*.md")):
        text = source.read_text(encoding="utf-8")
        files.append(File.generated(config, f"diagnostics/{source.name}", content=text))
        if source.stem[2:4] != family:
            family = source.stem[2:4]
            lines += ["", f"## {FAMILIES.get(family, 'FX' + family)}", ""]
        code, _, words = _title(text).partition(" ")
        lines.append(f"- [`{code}`]({source.name}) {words}")
    files.append(File.generated(config, "diagnostics/index.md", content="\n".join(lines) + "\n"))


def _decisions(files, config):
    """A list of the decisions, from their titles."""
    folder = SITE / "markdown/adr"
    lines = ["# Decisions", "", "What is unusual, and why it is so. Each page names the question, the decision and what was left out.", ""]
    for source in sorted(folder.glob("0*.md")):
        lines.append(f"- [{_title(source.read_text(encoding='utf-8'))}]({source.name})")
    files.append(File.generated(config, "adr/index.md", content="\n".join(lines) + "\n"))


def on_files(files, config):
    _diagnostics(files, config)
    _decisions(files, config)
    _outside(files, config)
    return files


LINK = re.compile(r"\]\(((?:\.\./)+(?:reports|experiments)/[^)#\s]+)\)")


def _outside(files, config):
    """Reports and pictures that lie elsewhere in the project come along under `files/`."""
    taken = set()
    for source in (SITE / "markdown").rglob("*.md"):
        for link in LINK.findall(source.read_text(encoding="utf-8")):
            target = Path(os.path.normpath(source.parent / link))
            if target.is_file() and target not in taken:
                taken.add(target)
                name = "files/" + target.relative_to(ROOT).as_posix()
                files.append(File.generated(config, name, abs_src_path=str(target)))


def on_page_markdown(markdown, page, config, files):
    source = SITE / "markdown" / page.file.src_uri
    depth = page.file.src_uri.count("/")

    def there(match):
        target = Path(os.path.normpath(source.parent / match.group(1)))
        inside = target.relative_to(ROOT).as_posix() if target.is_file() else None
        return f"]({'../' * depth}files/{inside})" if inside else match.group(0)

    markdown = LINK.sub(there, markdown)
    # In the repository a folder is a link; in the site, its index is.
    markdown = re.sub(r"\]\(adr/\)", "](adr/index.md)", markdown)
    if page.file.src_uri == "language.md":
        markdown = re.sub(r"(?m)^```\n(.*?)^```$", r"```flowexp\n\1```", markdown, flags=re.S)
    # Notes to the test of the pages are not for readers.
    return re.sub(r"<!-- check: .*? -->\n", "", markdown)


def on_post_page(output, page, config):
    """The search of pages on the disk needs a script that the theme would fetch from the network."""
    up = "../" * page.file.dest_uri.count("/")
    return output.replace("https://unpkg.com/iframe-worker/shim", f"{up}assets/search/iframe-worker.js")
