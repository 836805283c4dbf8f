"""The atlas told in one language for one view: each of its records as the reader sees it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from dashboard.contents.records import (
    ClaimEntry,
    DifferenceEntry,
    FactEntry,
    FactGroup,
    FigureEntry,
    GoalEntry,
    LinkEntry,
    NameEntry,
    SideEntry,
    SourceEntry,
    StatusEntry,
)
from dashboard.contents.words import Words, publisher
from dashboard.i18n import formats
from geodata.model import ARTICLE, Claim, ContextFact, Discrepancy, Line, Place, Question, Source, Subject

TRADE_REACHED: Final = "trade-547m-nine-months-2025"
TRADE_GOAL: Final = "trade-target-1bn-usd"


@dataclass(frozen=True)
class Teller(Words):
    """Tells the atlas in one language, for one view."""

    def link_to(self, id_: str) -> str:
        """Return the link that shows a thing."""
        return self.view.choose(id_).link

    def source(self, source: Source) -> SourceEntry:
        """Return a document."""
        return SourceEntry(
            id=source.id,
            link=self.link_to(source.id),
            title=source.title,
            publisher=publisher(source, self.language),
            address=source.address,
            published=self.period(source.published),
            language=source.language,
        )

    def sources(self, ids: Iterable[str]) -> tuple[SourceEntry, ...]:
        """Return the documents of these ids."""
        return tuple(self.source(self.atlas.sources[id_]) for id_ in ids)

    def entry(self, record: Subject | Line | Place) -> LinkEntry:
        """Return a thing of the map as something to choose."""
        status = record.status
        return LinkEntry(
            id=record.id,
            name=self.name(record),
            link=self.link_to(record.id),
            kind=self.kind(record),
            status=status,
            status_words=self.status_words(status) if status else "",
            subject=record.subject if isinstance(record, Line) else record.id,
            chosen=record.id == self.view.focus,
        )

    def statement_entry(self, record: Claim | ContextFact) -> LinkEntry:
        """Return a statement of the article or of another source as something to choose."""
        if isinstance(record, Claim):
            name, kind = self.text(record.id, "statement", record.statement), self.say("the article")
        else:
            name = self.text(record.id, "statement", record.statement)
            cited = record.sources
            kind = publisher(self.atlas.sources[cited[0]], self.language) if cited else self.say("not found")
        return LinkEntry(record.id, name, self.link_to(record.id), kind, subject=record.subject)

    def found(self, id_: str) -> LinkEntry:
        """Return anything that a search can find as something to choose; a KeyError names an id that is nothing."""
        atlas = self.atlas
        for things in (atlas.subjects, atlas.lines, atlas.places):
            if id_ in things:
                return self.entry(things[id_])
        if id_ in atlas.claims:
            return self.statement_entry(atlas.claims[id_])
        if id_ in atlas.facts:
            return self.statement_entry(atlas.facts[id_])
        if id_ in atlas.discrepancies:
            title = self.text(id_, "title", atlas.discrepancies[id_].title)
            return LinkEntry(id_, title, self.link_to(id_), self.say("where sources differ"))
        source = atlas.sources[id_]
        kind = f"{self.say('source')} · {publisher(source, self.language)}"
        return LinkEntry(id_, source.title, self.link_to(id_), kind)

    def status(self, record: Subject | Line | Place) -> StatusEntry | None:
        """Return how far the thing has come, where that is known."""
        if record.status is None:
            return None
        note = None if isinstance(record, Place) else record.status_note
        return StatusEntry(
            status=record.status,
            words=self.status_words(record.status),
            definition=self.status_definition(record.status),
            as_of=self.period(record.status_as_of),
            note=self.text(record.id, "status_note", note),
            sources=self.newest_first(record.status_sources),
        )

    def newest_first(self, ids: Iterable[str]) -> tuple[SourceEntry, ...]:
        """Return the documents of these ids, the last published first, the undated last."""
        return self.sources(sorted(ids, key=lambda id_: self.atlas.sources[id_].published or "", reverse=True))

    def names(self, subject: Subject) -> tuple[NameEntry, ...]:
        """Return the subject's further names, and who uses them."""
        return tuple(
            NameEntry(
                name=self.text(subject.id, f"other_names.{place}.name", other.name),
                used_by=self.text(subject.id, f"other_names.{place}.used_by", other.used_by),
                sources=self.sources(other.sources),
            )
            for place, other in enumerate(subject.other_names)
        )

    # What the article says.

    def claim(self, claim: Claim) -> ClaimEntry:
        """Return a statement of the article."""
        return ClaimEntry(
            id=claim.id,
            number=claim.number,
            link=self.link_to(claim.id),
            statement=self.text(claim.id, "statement", claim.statement),
            quotation=claim.quotation,
            translation=self.translation(claim),
            speaker=self.speaker_words(claim.speaker),
            paragraph=claim.paragraph,
            address=claim.address,
            ambiguity=self.text(claim.id, "ambiguity", claim.ambiguity),
            subject=self.entry(self.atlas.subjects[claim.subject]),
            differences=tuple(self.difference(d) for d in self.differences_about(claim)),
            chosen=claim.id == self.view.focus,
        )

    def claims_of(self, subject: str) -> tuple[ClaimEntry, ...]:
        """Return the article's statements about a subject, in the article's order; its own first."""
        claims = self.atlas.claims.values()
        own = [claim for claim in claims if claim.subject == subject]
        also = [claim for claim in claims if subject in claim.also_subjects]
        return tuple(map(self.claim, own + also))

    # What other sources say.

    def fact(self, fact: ContextFact) -> FactEntry:
        """Return what another source says."""
        reason = self.text(fact.id, "confidence_reason", fact.confidence_reason)
        return FactEntry(
            id=fact.id,
            link=self.link_to(fact.id),
            label=self.text(fact.id, "label", fact.label),
            kind=fact.kind,
            kind_words=self.fact_kind(fact.kind),
            value=self.fact_value(fact),
            period=self.fact_period(fact),
            statement=self.text(fact.id, "statement", fact.statement),
            reporter=self.text(fact.id, "reporter", fact.reporter),
            confidence=fact.confidence,
            confidence_words=f"{self.confidence(fact.confidence)}: {reason}",
            is_after_article=fact.after_article is True,
            sources=self.sources(fact.sources),
            differences=tuple(self.difference(d) for d in self.differences_about(fact)),
            chosen=fact.id == self.view.focus,
        )

    def facts_of(self, subject: str) -> tuple[FactGroup, ...]:
        """Return what other sources say of a subject, by question; within one, the newest first."""
        facts = [fact for fact in self.atlas.facts.values() if fact.subject == subject]
        newest_first = sorted(facts, key=lambda fact: (fact.period or "").split("/")[-1], reverse=True)
        groups = {question: [f for f in newest_first if f.question is question] for question in Question}
        return tuple(
            FactGroup(self.question(question), tuple(map(self.fact, found)))
            for question, found in groups.items()
            if found
        )

    # Where they differ.

    def differences_about(self, record: Claim | ContextFact) -> Iterator[Discrepancy]:
        """Yield the differences in which the statement has a side."""
        for discrepancy in self.atlas.discrepancies.values():
            if record.id in discrepancy.claims or record.id in discrepancy.facts:
                yield discrepancy

    def difference(self, discrepancy: Discrepancy) -> DifferenceEntry:
        """Return a point where sources differ, with both sides and what they rest on."""
        return DifferenceEntry(
            id=discrepancy.id,
            link=self.link_to(discrepancy.id),
            title=self.text(discrepancy.id, "title", discrepancy.title),
            wording=self.text(discrepancy.id, "wording", discrepancy.wording),
            sides=tuple(self._sides(discrepancy)),
        )

    def _sides(self, discrepancy: Discrepancy) -> Iterator[SideEntry]:
        atlas = self.atlas
        for place, side in enumerate(discrepancy.sides):
            facts = [atlas.facts[id_] for id_ in side.facts]
            claims = [atlas.claims[id_] for id_ in side.claims]
            documents = dict.fromkeys(source for fact in facts for source in fact.sources)
            article = (replace(self.source(atlas.sources[ARTICLE]), address=claims[0].address),) if claims else ()
            yield SideEntry(
                who=self.text(discrepancy.id, f"sides.{place}.who", side.who),
                says=self.text(discrepancy.id, f"sides.{place}.says", side.says),
                parts=(*map(self.statement_entry, claims), *map(self.statement_entry, facts)),
                sources=article + self.sources(documents),
            )

    # Numbers that open a panel.

    def figure(self, record: Claim | ContextFact) -> FigureEntry:
        """Return a number or date that opens the panel."""
        if isinstance(record, Claim):
            amount = record.quantity
            value = self.claim_value(record)
            period = self.period((amount and amount.period) or record.period)
            document = self.atlas.sources[ARTICLE]
            source, address = self.say("the article"), record.address
        else:
            value = self.fact_value(record)
            period = self.fact_period(record)
            document = self.atlas.sources[record.sources[0]]
            source, address = publisher(document, self.language), document.address
        label = self.text(record.id, "label", record.label)
        link = self.link_to(record.id)
        return FigureEntry(
            label, value or period, period if value else "", source, address, link, self.source(document)
        )

    def figures_of(self, subject: Subject) -> tuple[FigureEntry, ...]:
        """Return the numbers that open the subject's panel."""
        records = (self.atlas.claims.get(id_) or self.atlas.facts[id_] for id_ in subject.key_figures)
        return tuple(map(self.figure, records))

    def goal_of(self, subject: Subject) -> GoalEntry | None:
        """Return the trade that the article names on its way to the goal that it names, where it opens the panel."""
        if not {TRADE_REACHED, TRADE_GOAL} <= set(subject.key_figures):
            return None
        reached, goal = (self.atlas.claims[id_].quantity for id_ in (TRADE_REACHED, TRADE_GOAL))
        if reached is None or goal is None:
            return None
        return GoalEntry(
            reached=formats.quantity(reached.value, reached.unit, self.language),
            goal=formats.quantity(goal.value, goal.unit, self.language),
            share=reached.value / goal.value,
            period=self.period(reached.period),
            caution=self.say("The article sets no date for the goal, and does not say whose statistics these are."),
        )
