"""What staff read when a conversation file isn't right: the file, the line, what is wrong and what to do."""

import json

import jsonschema
import pytest
import yaml

from bot.flows import conversation, conversation_file
from knowledge.json_schema import SCHEMA_DIR
from knowledge.problems import ContentError
from tests.conftest import ROOT

GOOD = """titel: Een proef
onderwerp: proef
gesprek:
- jij: hallo
- bot:
    soort: answer
    vraagt: age
    kaarten: cvo_zorgkundige_duur
    oordelen: {zorgkundige_cvo: open}
    weet: {age: 34, vdab_enrolled: null}
- knop: Nee
- bot: {zegt: [een, 1480]}
"""


def problems(text, knowledge, tmp_path):
    path = tmp_path / "proef.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        conversation_file.load([path], knowledge)
    return [str(problem).removeprefix(f"{tmp_path}/") for problem in caught.value.problems]


def test_a_good_file_is_read_with_its_lines(knowledge, tmp_path):
    path = tmp_path / "proef.yml"
    path.write_text(GOOD, encoding="utf-8")
    [flow] = conversation_file.load([path], knowledge)
    assert [(turn.said, turn.pressed, turn.line) for turn in flow.turns] == [("hallo", False, 4), ("Nee", True, 11)]
    assert flow.turns[0].line_of("oordelen", "zorgkundige_cvo") == 9
    assert flow.turns[1].expected.zegt == ["een", "1480"]
    assert {"proef", "age", "cvo_zorgkundige_duur", "zorgkundige_cvo"} <= flow.names()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("titel:", "titul:", 'proef.yml:1: titul: deze sleutel bestaat niet; bedoel je "titel"?'),
        (
            "soort: answer",
            "soor: answer",
            'proef.yml:6: gesprek.1.bot.soor: deze sleutel bestaat niet; bedoel je "soort"?',
        ),
        (
            "zorgkundige_cvo: open",
            "zorgkundige_cvo: ope",
            "proef.yml:9: gesprek.1.bot.oordelen.zorgkundige_cvo: kies open",
        ),
        (
            "zorgkundige_cvo: open",
            "zorgkundige_cov: open",
            'route zorgkundige_cov bestaat niet; bedoel je "zorgkundige_cvo"?',
        ),
        ("vraagt: age", "vraagt: agee", 'proef.yml:7: vraagt: feit agee bestaat niet; bedoel je "age"?'),
        ("_duur", "_duurt", "proef.yml:8: kaarten: kaart cvo_zorgkundige_duurt bestaat niet; bedoel je"),
        ("age: 34", "age: oud", "proef.yml:10: weet: age kan niet oud zijn; kies uit: een getal"),
        ("- jij: hallo\n", "", "proef.yml:4: gesprek.0: begin met jij of knop"),
        ("- jij: hallo", "- {jij: hallo, knop: Ja}", "proef.yml:4: gesprek.0: schrijf hier één van jij, knop of bot"),
        ("titel: Een proef", "titel: [", "dit is geen geldige YAML"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(knowledge, tmp_path, old, new, said):
    assert any(said in problem for problem in problems(GOOD.replace(old, new), knowledge, tmp_path))


def test_a_file_that_is_not_there(knowledge, tmp_path):
    with pytest.raises(ContentError, match="is er niet"):
        conversation_file.load([tmp_path / "weg.yml"], knowledge)


def test_the_schema_in_docs_is_that_of_the_format_and_fits_every_conversation():
    path = SCHEMA_DIR / "gesprekken.json"
    assert json.loads(path.read_text(encoding="utf-8")) == conversation.schema(), (
        "schrijf het met: wegwijs flows schema"
    )
    validator = jsonschema.Draft7Validator(conversation.schema())
    for file in conversation_file.files(ROOT / conversation_file.FOLDER):
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
        assert [error.message for error in validator.iter_errors(found)] == [], file
    assert not validator.is_valid(yaml.safe_load(GOOD.replace("soort:", "soor:")))
