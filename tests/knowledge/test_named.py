"""What is easily forgotten, by name: a card tells it in its words and cites the lines where it stands."""

import pytest

from knowledge.schema_parts import Source


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("inleefmoment", "000:1092"),
        ("inleefmoment", "001:860"),
        ("inleefmoment", "003:221"),
        ("aanvullende algemene vorming", "001:624"),
        ("levensreddend", "001:463-466"),
        ("strafregister", "001:463-466"),
        ("GTB", "000:690"),
        ("OCMW", "000:690"),
        ("NT2", "002:214"),
        ("geïntegreerd", "003:277"),
        ("schoolverlaters", "002:228"),
        ("buitenlands", "003:441"),
        ("OKOT", "003:131"),
        ("terug", "003:261"),
        ("terugkeercursussen", "003:470"),
        ("sociale economie", "003:169-188"),
        ("jobcarving", "003:340-350"),
        ("maatwerk", "003:182-188"),
        ("transitiepunten", "003:155"),
        ("combi-job", "003:380"),
        ("ZOKO", "003:469"),
        ("Wissel-leren", "003:546"),
        ("vroedkundige", "003:553"),
        ("contractstage", "002:437"),
        ("HBO5", "003:523"),
        ("beroepenhuis", "002:147"),
        ("verpleegkundigen", "003:80-90"),
        ("opvoeders", "003:80-90"),
        ("verantwoordelijken kinderopvang", "003:80-90"),
        ("begeleiders sociale economie", "003:80-90"),
        ("kamerdienst", "000:266"),
        ("persoonsbegeleider", "001:227"),
        ("Groeiwijzer", "000:529"),
        ("stagecharter", "000:618"),
        ("ZieDet", "000:1145"),
        ("onderwijskiezer", "001:179"),
    ],
)
def test_a_card_tells_it_and_cites_it(knowledge, word, place):
    wanted = Source.parse(place)

    def cites(topic):
        return any(
            source.document == wanted.document
            and source.lines[0] <= wanted.lines[0]
            and wanted.lines[1] <= source.lines[1]
            for source in topic.sources
        )

    telling = [
        topic.id
        for topic in knowledge.topics.values()
        if topic.soort != "onbekend" and cites(topic) and word.lower() in knowledge.text_of(topic).lower()
    ]
    assert telling
