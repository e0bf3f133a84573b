"""Checks the training data: Rasa's own validator, and that examples, cards, facts and domain agree."""

from __future__ import annotations

import logging
import warnings
from collections import Counter
from pathlib import Path

import yaml
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.validator import Validator

from bot.flows import data_files, source_check
from bot.flows.places import Places
from knowledge import content

MIN_EXAMPLES_OF_CARD = 20
MIN_EXAMPLES_OF_INTENT = 40
# Warnings of Rasa's validator that are wrong, or that bot/flows/source_check.py gives in Dutch with their line.
KNOWN_FALSE = {
    "labeled with multiple different intents": "source_check names both lines",
    "is not listed in the domain file": "source_check names the line of the form",
    "This intent is not listed in your domain": "source_check names the line of the examples",
    "utter_default": "said by Rasa itself when all else fails",
    "action_default_fallback": "Rasa's own action",
    "Slot auto-fill": "the fact slots are filled by action_extract_facts",
    "duplicated intents": "a retrieval intent's cards are listed under it by Rasa itself",
    "utter_vraag_": "the answers of retrieval intents stand in the knowledge base, not in the domain",
    "utter_taal_": "said by actions, by the language of the message",
    "kies_onderwerp": "only buttons send this intent, so it has no examples",
    "hervat": "a typed code becomes this intent (bot/later.py), so it has no examples",
    "kies_volgorde": "only a button sends this intent, so it has no examples",
}


def problems(root: Path = Path()) -> list[str]:
    """Every problem found, one sentence each; empty when the data is in order."""
    written = data_files.problems(root)
    if written:
        return written  # Rasa can't read the rest, or would misread it
    importer = TrainingDataImporter.load_from_config(
        str(root / "config.yml"), str(root / "domain.yml"), [str(root / "data")]
    )
    cards = [f"{card.familie}/{card.id}" for card in content.load().topics().values()]
    return [*source_check.problems(root, cards), *_rasa_problems(importer), *_own_problems(importer, root)]


def _rasa_problems(importer: TrainingDataImporter) -> list[str]:
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    listener = Listener(level=logging.WARNING)
    logging.getLogger("rasa").addHandler(listener)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        validator = Validator.from_importer(importer)
        # What `rasa data validate` runs.
        sound = all(
            (
                validator.verify_domain_validity(),
                validator.verify_nlu(),
                validator.verify_story_structure(),
                validator.verify_actions_in_stories_rules(),
                validator.verify_forms_in_stories_rules(),
                validator.verify_form_slots(),
                validator.verify_slot_mappings(),
            )
        )
    logging.getLogger("rasa").removeHandler(listener)
    said = heard + [str(item.message) for item in caught if issubclass(item.category, UserWarning)]
    said = [text for text in dict.fromkeys(said) if not any(name in text for name in KNOWN_FALSE)]
    return said + ([] if sound or said else ["rasa data validate keurt de data af"])


def _own_problems(importer: TrainingDataImporter, root: Path) -> list[str]:
    cards = content.load().topics()
    domain = yaml.safe_load((root / "domain.yml").read_text(encoding="utf-8"))
    examples = Counter(message.get_full_intent() for message in importer.get_nlu_data().intent_examples)
    found: list[str] = []
    places = Places(root)
    for card in cards.values():
        label = f"{card.familie}/{card.id}"
        count = examples.pop(label, 0)
        if count < MIN_EXAMPLES_OF_CARD:
            where = places.examples(label)
            start = f"{where.file}:{where.line}: " if where else ""
            found.append(
                f"{start}kaart {card.id} heeft maar {count} voorbeeldvragen; minstens {MIN_EXAMPLES_OF_CARD} zijn nodig"
            )
    for label, count in examples.items():
        family, _, card_id = label.partition("/")
        if not card_id and count < MIN_EXAMPLES_OF_INTENT:
            found.append(
                f"intent {family} heeft maar {count} voorbeelden; minstens {MIN_EXAMPLES_OF_INTENT} zijn nodig"
            )
    facts = set(content.fact_ids())
    for place, names in (("slots", domain["slots"]), ("form", domain["forms"]["intake_form"]["required_slots"])):
        found += [f"domain.yml: feit {name} ontbreekt bij {place}" for name in facts - set(names)]
    found += [
        f"domain.yml: action_ask_{name} ontbreekt" for name in facts if f"action_ask_{name}" not in domain["actions"]
    ]
    return found
