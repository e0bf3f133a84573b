"""Changes to files of the project, each shown as a difference and able to be taken back."""

from __future__ import annotations

import datetime as dt
import difflib
import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.flows import examples
from bot.staff.wrong import Wrong
from knowledge.schema import Topic
from knowledge.schema_parts import Source

QUESTIONS = Path("tests/questions")
MISSING = Path("knowledge/ontbreekt.yml")
SETS = {"000": "flanders_care", "001": "flanders_childcare", "002": "vlor", "003": "via6", "004": "netherlands"}
HONEST = r"weet ik niet|zeggen .{0,60}niet|niets over|geen .{0,40}documenten"  # how an answer says that it isn't known


@dataclass(frozen=True)
class Change:
    """One file, as it was and as it is to be."""

    path: Path  # below the root
    before: str
    after: str

    def lines(self) -> list[tuple[str, str]]:
        """The difference: (kind, line) with kind "added", "gone", "same" or "place"."""
        kinds = {"+": "added", "-": "gone", "@": "place"}
        found = difflib.unified_diff(self.before.splitlines(), self.after.splitlines(), lineterm="", n=2)
        return [(kinds.get(line[:1], "same"), line) for line in list(found)[2:]]


class WorkingCopy:
    """The folder of the project; remembers what it wrote, so that it can be taken back."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._written: dict[str, tuple[Change, ...]] = {}

    def read(self, path: Path) -> str:
        """The text of a file; empty when there is none."""
        full = self.root / path
        return full.read_text(encoding="utf-8") if full.exists() else ""

    def write(self, *changes: Change) -> str:
        """Write changes that belong together and give them a name to take them back by; a file that is left empty goes.

        Raises Wrong, with nothing written, when somebody else wrote meanwhile.
        """
        if any(self.read(change.path) != change.before for change in changes):
            raise Wrong("Dit bestand is ondertussen veranderd. Laad de pagina opnieuw en doe het nog eens.", 409)
        for change in changes:
            put(self.root, change)
        name = secrets.token_hex(8)
        self._written[name] = changes
        return name

    def written(self, name: str) -> tuple[Change, ...]:
        """The changes that were written under this name. Raises Wrong when there are none."""
        if name not in self._written:
            raise Wrong("Deze verandering ken ik niet meer.", 404)
        return self._written[name]

    def take_back(self, name: str) -> tuple[Change, ...]:
        """Undo what was written."""
        self.write(*(Change(change.path, change.after, change.before) for change in self.written(name)))
        return self._written.pop(name)

    # ---- what a message may become ----------------------------------------------------------------

    def labels(self) -> dict[str, Path]:
        """Every label of the training data with the first file that holds examples of it."""
        found: dict[str, Path] = {}
        for path in examples.files(self.root):
            for group in examples.groups(path.read_text(encoding="utf-8").splitlines()):
                if group.kind == "intent":
                    found.setdefault(group.name, path.relative_to(self.root))
        return found

    def example(self, label: str, text: str) -> Change:
        """A message as one more example of a label. Raises Wrong when it can't be."""
        path = self.labels().get(label)
        if path is None:
            raise Wrong(f"'{label}' bestaat niet in de taaldata. Kies een kaart of bedoeling uit de lijst.")
        line = one_line(text)
        before = self.read(path)
        lines = before.splitlines(keepends=True)
        group = next(group for group in examples.groups(before.splitlines()) if (group.kind, group.name) == ("intent", label))
        if any(examples.example(old).lower() == line.lower() for old in lines[group.first : group.last]):
            raise Wrong("Dit voorbeeld staat al in de taaldata.")
        last = lines[group.last - 1]
        if not last.endswith("\n"):
            lines[group.last - 1] += "\n"
        lines.insert(group.last, f"{last[: len(last) - len(last.lstrip())]}- {line}\n")
        return Change(path, before, "".join(lines))

    def question(self, topic: Topic, text: str, words: Sequence[str]) -> Change:
        """A message as a test question that a card must answer, with words that must be in the answer."""
        unknown = topic.soort == "onbekend"
        if not words and not unknown:
            raise Wrong("Schrijf minstens één woord of getal dat in het antwoord moet staan.")
        source = topic.bronnen[0] if topic.bronnen else ""
        name = "unknown" if unknown else SETS[Source.parse(source).document]
        path = QUESTIONS / f"{name}.jsonl"
        before = self.read(path)
        item = {
            "persona": "postvak",
            "register": "neutraal",
            "message": one_line(text),
            "must": [re.escape(word).replace(r"\ ", r"\s+") for word in words] or [HONEST],
            "must_not": [],
            "gold": topic.titel,
            "source": source,
        }
        if f'"message": {json.dumps(item["message"], ensure_ascii=False)}' in before:
            raise Wrong("Deze vraag staat al bij de testvragen.")
        return Change(path, before, before.rstrip("\n") + "\n" + json.dumps(item, ensure_ascii=False) + "\n")

    def missing(self, text: str, near: str, day: dt.date) -> Change:
        """A message as something that the knowledge should hold, on the list of the editor."""
        before = self.read(MISSING)
        entry = [f"- vraag: {json.dumps(one_line(text), ensure_ascii=False)}", f"  gevraagd_op: {day.isoformat()}"]
        entry += [f"  lijkt_op: {near}"] if near else []
        return Change(MISSING, before, before.rstrip("\n") + "\n" * bool(before) + "\n".join(entry) + "\n")


def put(root: Path, change: Change) -> None:
    """Make a file as a change says; one without text is no file."""
    full = root / change.path
    if not change.after:
        full.unlink(missing_ok=True)
        return
    full.parent.mkdir(parents=True, exist_ok=True)
    full.write_text(change.after, encoding="utf-8")


def one_line(text: str) -> str:
    """A message as one line of a file, with the gaps that hide personal data gone. Raises Wrong when nothing is left."""
    line = re.sub(r"\s*\[[^\]]*\]", "", text)
    line = re.sub(r"[\[\]{}()|\s]+", " ", line).strip(" -–•\t")
    if len(line) < 3:
        raise Wrong("Schrijf de zin zoals iemand hem zou typen.")
    return line
