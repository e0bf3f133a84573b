"""Dutch tokens and lemmas by spaCy: nl_core_news_sm where it can be had, else a blank pipeline with lookup lemmas."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Dict, List, Text  # noqa: UP035  (Rasa reads these annotations)

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from spacy.language import Language

FALLBACK_FOLDER = Path(".cache/spacy/nl_lookup")


@functools.lru_cache(maxsize=2)
def pipeline(name: str) -> Language:
    """The named spaCy model, or the fallback saved in FALLBACK_FOLDER (made when it isn't there)."""
    try:
        return spacy.load(name, disable=["parser", "ner"])
    except OSError:
        if not FALLBACK_FOLDER.exists():
            make_fallback(FALLBACK_FOLDER)
        return spacy.load(FALLBACK_FOLDER)


def make_fallback(folder: Path) -> None:
    """Save a blank Dutch pipeline with the lookup lemmas of spacy-lookups-data."""
    nlp = spacy.blank("nl")
    nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
    nlp.initialize()
    folder.parent.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(folder)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class DutchTokenizer(Tokenizer):
    """Tokens with their lemma. `model` names the spaCy model."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {
            "model": "nl_core_news_sm",
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
        }

    def tokenize(self, message: Message, attribute: Text) -> List[Token]:
        text = message.get(attribute) or ""
        return [
            Token(token.text, token.idx, lemma=(token.lemma_ or token.text).lower())
            for token in pipeline(self._config["model"])(text)
            if not token.is_space
        ]
