"""The usual kinds of activity, in every language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. Dutch and French are written with the article, which tells the gender."""

    dutch: str
    french: str
    english: str

    @property
    def nouns(self) -> tuple[str, str, str]:
        """The nouns without their articles, Dutch first."""
        return noun(self.dutch), noun(self.french), self.english


KINDS = (
    Kind("de activiteit", "une activité", "activity"),
    Kind("de sessie", "une session", "session"),
    Kind("de infosessie", "une séance d’information", "information session"),
    Kind("de inspiratiesessie", "une séance d’inspiration", "inspiration session"),
    Kind("de werksessie", "une séance de travail", "working session"),
    Kind("de workshop", "un atelier", "workshop"),
    Kind("het atelier", "un atelier", "workshop"),
    Kind("het seminarie", "un séminaire", "seminar"),
    Kind("het webinar", "un webinaire", "webinar"),
    Kind("de lezing", "une conférence", "lecture"),
    Kind("de masterclass", "une masterclass", "masterclass"),
    Kind("de studiedag", "une journée d’étude", "study day"),
    Kind("het symposium", "un symposium", "symposium"),
    Kind("het colloquium", "un colloque", "colloquium"),
    Kind("het congres", "un congrès", "conference"),
    Kind("de conferentie", "une conférence", "conference"),
    Kind("de opleiding", "une formation", "training course"),
    Kind("de vorming", "une formation", "training course"),
    Kind("de training", "une formation", "training course"),
    Kind("de cursus", "un cours", "course"),
    Kind("het bezoek", "une visite", "visit"),
    Kind("het bedrijfsbezoek", "une visite d’entreprise", "company visit"),
    Kind("het werkbezoek", "une visite de travail", "working visit"),
    Kind("de rondleiding", "une visite guidée", "guided tour"),
    Kind("de studiereis", "un voyage d’étude", "study trip"),
    Kind("de uitstap", "une excursion", "excursion"),
    Kind("de boottocht", "une excursion en bateau", "boat trip"),
    Kind("de wandeling", "une promenade", "walk"),
    Kind("de beurs", "un salon", "trade fair"),
    Kind("de jobbeurs", "un salon de l’emploi", "job fair"),
    Kind("de tentoonstelling", "une exposition", "exhibition"),
    Kind("de demonstratie", "une démonstration", "demonstration"),
    Kind("de demodag", "une journée de démonstration", "demonstration day"),
    Kind("de opendeurdag", "une journée portes ouvertes", "open day"),
    Kind("het panelgesprek", "une table ronde", "panel discussion"),
    Kind("het rondetafelgesprek", "une table ronde", "round table"),
    Kind("het debat", "un débat", "debate"),
    Kind("het netwerkevent", "un événement de réseautage", "networking event"),
    Kind("het netwerkevenement", "un événement de réseautage", "networking event"),
    Kind("het netwerkmoment", "un moment de réseautage", "networking event"),
    Kind("de netwerkavond", "une soirée de réseautage", "networking evening"),
    Kind("de netwerklunch", "un déjeuner de réseautage", "networking lunch"),
    Kind("het event", "un événement", "event"),
    Kind("het evenement", "un événement", "event"),
    Kind("het ontbijt", "un petit-déjeuner", "breakfast"),
    Kind("de lunch", "un déjeuner", "lunch"),
    Kind("het diner", "un dîner", "dinner"),
    Kind("de receptie", "une réception", "reception"),
    Kind("de wedstrijd", "un concours", "competition"),
    Kind("de hackathon", "un hackathon", "hackathon"),
    Kind("de prijsuitreiking", "une remise de prix", "award ceremony"),
    Kind("de kick-off", "un lancement", "launch"),
    Kind("de bijeenkomst", "une rencontre", "gathering"),
    Kind("de vergadering", "une réunion", "meeting"),
    Kind("de algemene vergadering", "une assemblée générale", "general meeting"),
)


def known(written: str) -> Kind | None:
    """The kind that goes by this name: in Dutch, else in French, else in English."""
    name = written.strip().casefold().replace("'", "’")
    for language in range(3):
        for kind in KINDS:
            if kind.nouns[language].casefold() == name:
                return kind
    return None


def noun(with_article: str) -> str:
    """The noun without the article in front of it."""
    return with_article.partition(" ")[2]
