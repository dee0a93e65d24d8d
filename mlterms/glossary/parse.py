"""From the bytes of a card file to a `Term`: front matter, sections, questions, and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mlterms.base.edit_distance import distance
from mlterms.base.nearest import nearest
from mlterms.glossary.choice_kind import read_choice
from mlterms.glossary.computed_kinds import read_numeric, read_predict
from mlterms.glossary.lines import Comment, Line, number_lines, read_text, text_of, without_indent
from mlterms.glossary.names import is_kebab, kebab_hint
from mlterms.glossary.problems import Problem, Report
from mlterms.glossary.question_draft import QuestionDraft
from mlterms.glossary.types import KINDS, SECTIONS, CheckBlock, Question, Section, Term
from mlterms.glossary.written_kinds import read_cloze, read_order, read_recall, read_spot
from mlterms.glossary.yaml_tree import Tree, read_yaml

CHECK = "python check"
"""What the fence of a check block says: Python that is run by the checker and shown to nobody."""

_READERS: dict[str, Callable[[QuestionDraft], Question | None]] = {
    "recall": read_recall,
    "cloze": read_cloze,
    "choice": read_choice,
    "numeric": read_numeric,
    "predict": read_predict,
    "order": read_order,
    "spot": read_spot,
}
_FENCE_INFO = re.compile(r"\s*(?:`{3,}|~{3,})([^`]*)")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?")
_QUESTION = re.compile(r"([^:\s]{1,40}):([^(]*)(.*)")
# What `template.py` leaves to be written.
_UNWRITTEN = re.compile(r"\s*(?:[-*+]\s+)?(?:\[[ xX]\]\s+)?…(?:\s|$)")
_UNWRITTEN_END = re.compile(r"(?:^|\s)…$")
_MEANT_AS_QUESTION = re.compile(rf" {{0,3}}#+[ \t]*(?:{'|'.join(KINDS)})[ \t]*:", re.IGNORECASE)
_QUESTIONS = "Questions"
_MOST_SLIPS = 2  # in a heading that is meant as a known one


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file says, and what is wrong with it.

    term: without the questions that have an error; None where there is no card to speak of (no title, topic
    or definition, or a file that cannot be read). lines and comments: of what is below the front matter,
    without the check blocks.
    """

    term: Term | None
    problems: tuple[Problem, ...]
    lines: Sequence[Line] = field(default=(), compare=False)
    comments: Sequence[Comment] = field(default=(), compare=False)


def parse_card(path: str, data: bytes, *, term_id: str) -> Parsed:
    """Read a card. Never raises on what the file holds: everything that is wrong is among the problems."""
    report = Report(path)
    text = read_text(data, report)
    if text is None:
        return Parsed(None, report.problems())
    safe = report.errors == 0
    if not text.strip():
        report.error(
            1, "the file is empty: write the card; any questions that it had are set aside until then"
        )
        return Parsed(None, report.problems())
    texts = text.split("\n")
    body_at, tree = read_front_matter(texts, report)
    numbered = number_lines(texts[body_at:], body_at + 1, report)
    lines, checks = _take_checks(numbered.lines, report)
    definition, sections, asked = _cut_into_sections(lines, report)
    questions = _questions(asked, report)
    if _UNWRITTEN_END.search(definition):
        first = next(line.number for line in lines if line.text.strip())
        report.warn(first, "the definition is still to be written: until then none of its questions is asked")
        questions = []
    term = _term(path, term_id, tree, definition, sections, questions, checks, report)
    return Parsed(term if safe else None, report.problems(), lines, numbered.comments)


def _take_checks(lines: Sequence[Line], report: Report) -> tuple[list[Line], list[CheckBlock]]:
    """The lines without the check blocks, and those."""
    shown: list[Line] = []
    blocks: dict[int, list[str]] = {}  # the line of the fence → the code
    for line in lines:
        fence = line.fence
        if fence is None or fence.info != CHECK:
            _check_misplaced(line, report)
            shown.append(line)
        elif line.number == fence.first:
            blocks[line.number] = []
        elif line.number != fence.last:
            blocks[fence.first].append(without_indent(line.text, fence.indent))
    for first, code in blocks.items():
        if not any(map(str.strip, code)):
            report.error(first, "this check block is empty: write an assertion, or leave it out")
    return shown, [CheckBlock("\n".join(code), first) for first, code in blocks.items()]


def _check_misplaced(line: Line, report: Report) -> None:
    """Report a fence that was meant as a check block and would be shown."""
    opens = line.fence is not None and line.number == line.fence.first
    if opens or line.fence is None:
        words = _FENCE_INFO.fullmatch(line.text)
        if words and "check" in words[1].lower().split():
            report.error(line.number, f"a check block begins with ```{CHECK}, in the first column")


def read_front_matter(texts: Sequence[str], report: Report) -> tuple[int, Tree | None]:
    """How many lines the front matter takes, and what it says."""
    if texts[0].rstrip() != "---":
        report.error(1, "a card begins with a line `---`, then `title:` and `topic:`, then a line `---`")
        return 0, None
    end = next((i for i, text in enumerate(texts) if i and text.rstrip() == "---"), None)
    if end is None:
        report.error(1, "the front matter never ends: write a line `---` below its last key")
        return len(texts), None
    return end + 1, read_yaml(texts[1:end], 2, report)


def _term(
    path: str,
    term_id: str,
    tree: Tree | None,
    definition: str,
    sections: Sequence[Section],
    questions: Sequence[Question],
    checks: Sequence[CheckBlock],
    report: Report,
) -> Term | None:
    from mlterms.glossary.models import FrontMatter
    from mlterms.glossary.validation import validate

    front = tree and validate(FrontMatter, tree, report, partly=True)
    if not front or not definition:
        return None
    return Term(
        id=term_id,
        title=front.title,
        topic=front.topic,
        definition=definition,
        sections=tuple(sections),
        questions=tuple(questions),
        needs=front.needs,
        contrast=front.contrast,
        aliases=front.aliases,
        explains=front.explains,
        found_by=front.found_by,
        sources=front.sources,
        was=front.was,
        demo=front.demo or "",
        path=path,
        checks=tuple(checks),
    )


def _cut_into_sections(lines: Sequence[Line], report: Report) -> tuple[str, list[Section], Sequence[Line]]:
    """The definition, the sections, and the lines of the questions with their heading."""
    starts = [i for i, line in enumerate(lines) if _is_section(line)]
    questions_at = next((i for i in starts if _title(lines[i]) == _QUESTIONS), len(lines))
    bounds = [i for i in starts if i < questions_at]
    first = bounds[0] if bounds else questions_at
    definition = text_of(lines[:first])
    if not definition:
        line = lines[0].number if lines else 1
        report.error(line, "the definition is missing: write one sentence or two below the front matter")
    _check_headings(lines[:questions_at], report)
    sections = []
    for start, end in pairwise([*bounds, questions_at]):
        heading = _title(lines[start])
        sections.append(Section(heading, text_of(lines[start + 1 : end]), lines[start].number))
    _check_sections(sections, report)
    return definition, sections, lines[questions_at:]


def _is_section(line: Line) -> bool:
    return line.fence is None and line.text.startswith("## ") and bool(_title(line))


def _title(line: Line) -> str:
    return line.text[2:].strip()


def _check_headings(lines: Sequence[Line], report: Report) -> None:
    """Headings among definition and sections that are meant otherwise than they would be read."""
    for line in lines:
        if line.fence or "#" not in line.text:
            continue
        heading = _HEADING.fullmatch(line.text)
        if _MEANT_AS_QUESTION.match(line.text):
            report.error(
                line.number, "questions belong below the heading `## Questions`, as `### kind: slug`"
            )
        elif heading and len(heading[1]) == 1:
            report.error(line.number, "the title belongs in the front matter, and sections begin with `## `")
        elif heading and len(heading[1]) == 2 and not _is_section(line):
            report.error(line.number, "write a section as `## Heading`, from the first column")


def _check_sections(sections: Sequence[Section], report: Report) -> None:
    seen: dict[str, int] = {}
    latest = ""
    for section in sections:
        heading = section.heading
        if heading in seen:
            report.error(
                section.line, f"`## {heading}` is here twice, first in line {seen[heading]}: join them"
            )
        seen.setdefault(heading, section.line)
        if not section.text:
            report.warn(section.line, f"`## {heading}` is empty: write it, or leave the heading out")
        if heading not in SECTIONS:
            if meant := _nearly_known(heading):
                report.warn(section.line, f"write `## {meant}` for `## {heading}`, so that it is known")
            continue
        if latest and SECTIONS.index(heading) < SECTIONS.index(latest):
            report.warn(section.line, f"`## {heading}` usually comes before `## {latest}`: move it up")
        latest = heading


def _nearly_known(heading: str) -> str:
    """The known heading that this one is meant as, in another case or with a slip or two, or ""."""
    typed = heading.lower()
    known = {name: distance(typed, name.lower(), _MOST_SLIPS) for name in (*SECTIONS, _QUESTIONS)}
    best = min(known, key=known.__getitem__)
    return best if known[best] <= _MOST_SLIPS else ""


def _questions(lines: Sequence[Line], report: Report) -> list[Question]:
    """The questions without an error; the others are in the report."""
    found: list[Question] = []
    for draft in _drafts(lines, report):
        errors = report.errors
        report.question = draft.slug
        question = _READERS[draft.kind](draft)
        if question is not None and report.errors == errors and draft.slug:
            unwritten = _unwritten_line(draft)
            if unwritten is None:
                found.append(question)
            else:
                report.warn(unwritten, f"`{draft.slug}` is not asked: write something in place of this …")
        report.question = ""
    return found


def _unwritten_line(draft: QuestionDraft) -> int | None:
    """The line of a placeholder that a template left and nobody has replaced; None if there is none."""
    return next(
        (line.number for line in draft.body if line.fence is None and _UNWRITTEN.match(line.text)), None
    )


def _drafts(lines: Sequence[Line], report: Report) -> list[QuestionDraft]:
    """Cut the lines below `## Questions` at each `### kind: slug`."""
    drafts: list[QuestionDraft] = []
    slugs: dict[str, int] = {}
    body: list[Line] = []  # of the question at hand; before the first and below a broken heading, of none
    ignoring = False
    for line in lines[1:]:
        maybe = line.fence is None and "#" in line.text
        heading = _HEADING.fullmatch(line.text) if maybe else None
        if not heading and not (maybe and _MEANT_AS_QUESTION.match(line.text)):
            if not drafts and line.text.strip() and not ignoring:
                report.error(line.number, "a question begins with `### kind: slug`; this is above the first")
                ignoring = True
            body.append(line)
            continue
        body, ignoring = [], True
        draft = _heading(line, heading, body, slugs, report)
        if draft:
            drafts.append(draft)
    return drafts


def _heading(
    line: Line, heading: re.Match[str] | None, body: list[Line], slugs: dict[str, int], report: Report
) -> QuestionDraft | None:
    """The question that a heading begins; None, and an error, if it begins none."""
    if _is_section(line) and not _MEANT_AS_QUESTION.match(line.text):
        report.error(
            line.number, f"the questions come last: move `## {_title(line)[:40]}` above `## Questions`"
        )
        return None
    match = _QUESTION.fullmatch((heading[2] or "").strip()) if heading else None
    if not heading or heading[1] != "###" or not match or not line.text.startswith("### "):
        report.error(line.number, "a heading here is written `### kind: slug`, from the first column")
        return None
    kind, slug, rest = (part.strip() for part in match.groups())
    if kind not in KINDS:
        meant = nearest(kind, KINDS)
        known = f"did you mean `{meant}`?" if meant else f"the kinds are {', '.join(KINDS)}"
        report.error(line.number, f"`{kind}` is not a kind of question: {known}")
        return None
    if not is_kebab(slug):
        message = kebab_hint(slug) if slug else "a slug is missing: write one that stays, as `### kind: slug`"
        report.error(line.number, message)
        slug = ""
    elif slug in slugs:
        report.error(
            line.number, f"`{slug}` is the question in line {slugs[slug]} already: give this another slug"
        )
        slug = ""
    else:
        slugs[slug] = line.number
    return QuestionDraft(kind, slug, _was(rest, line.number, report), line.number, body, report)


def _was(rest: str, line: int, report: Report) -> tuple[str, ...]:
    """The former ids in `(was: old-slug, other-term/old)`."""
    if not rest:
        return ()
    match = re.fullmatch(r"\(was:([^()]*)\)", rest)
    ids = [each.strip() for each in match[1].split(",")] if match else []
    if not match or not all(each.count("/") <= 1 and all(map(is_kebab, each.split("/"))) for each in ids):
        report.error(
            line, "only former ids may follow the slug: write `(was: old-slug, other-term/old-slug)`"
        )
        return ()
    return tuple(dict.fromkeys(ids))
