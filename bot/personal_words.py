"""Word lists for bot/personal.py: where a name ends, and first names common in Flanders and the Netherlands."""

from __future__ import annotations

_AFTER_A_NAME = """
en ik ben uit van in op met maar want dus zou wil wilt wou woon woont werk werkt heb heeft zoek zoekt kom ken kan mag
moet graag ook nog nu al niet geen wel dan als of om te een het de die dat er hier daar je jij jou mij me we wij ze
zij hij haar hem ons hun mijn jullie u uw hoe wat wie waar wanneer waarom welke hoeveel hoelang is was waren zijn aan
af bij door naar onder over sinds tot voor zonder jaar oud goedendag hallo dag dank bedankt groetjes groeten alvast
momenteel volgens zo zorg zorgkundige verzorgende kinderbegeleider werkloos gescheiden getrouwd welkom eigenlijk
gewoon anders belangrijk onbekend privé geheim moeilijk
iedereen iemand niemand zoiets alles iets niets hetzelfde vroeger
"""
_FIRST_NAMES = """
ahmed aicha ali amina amira an anja anke ann anna anne annelies annemie annick ans arzu aylin ayse bart bas bert
bianca bilal brahim bram carine carla carmen cedric chantal charlotte chris christel christine cindy claudia daan
daniel danny david debby dina dirk dounia elena elif eline elise ellen els emine emma eric erik esra esther eva
eveline fadma fatih fatiha fatima fatma filip frank geert gert goedele greet griet guy hamid hanan hannah hans hatice
heidi hilde hind ilse imane inge ingrid irina iris isabelle jamila jan jana jasmine jeroen jessica johan joke jolien
joris josee julie kaat karen karim karin karlien katia katrien kelly khadija kim kirsten koen kristel kristien kristof
lana latifa laura leen leila lien lies liesbeth lieve linda lisa lotte loubna luc lucas lut maaike malika marc maria
marianne marie marieke marijke marina mark martine mehmet meryem michele mieke mohamed mohammed monique mustafa myriam
nadia naima najat nancy natalia natasja nathalie nele nick nicole nina noor nora oksana olena olga omar patricia
patrick paul peter petra piet pieter rachid rachida rania rita robin rosa ruth saida salma samira sana sandra sara
sarah sien silvia sofia sofie sonia souad stefan stijn svetlana sylvie tania tatiana tim tine tom ursula valerie
veerle vera veronique viviane wendy werner willem wim yasmina yasmine yildiz yousra youssef yusuf zeynep zineb zohra
"""
AFTER_A_NAME = frozenset(_AFTER_A_NAME.split())
FIRST_NAMES = frozenset(_FIRST_NAMES.split())
