"""What translators are given: every English sentence that a reader sees, and nothing else."""

from geodata import Atlas
from geodata.texts import translatable


def test_each_text_has_a_context_of_id_and_field(tiny_atlas: Atlas) -> None:
    """Members of lists are counted from 0, empty fields are left out."""
    texts = {sentence.context: sentence.english for sentence in translatable(tiny_atlas)}
    assert texts["east-port.name"] == "East Port"
    assert texts["west-port.note"] == "Old harbour, new quay"
    assert texts["ferry.other_names.0.used_by"] == "sailors"
    assert texts["difference-cargo.sides.1.says"] == "12,400 tonnes."
    assert texts["harbour-log.note"] == "Kept by hand."
    assert texts["caspian-sea.name"] == "Caspian Sea"
    assert "east-port.note" not in texts


def test_quotations_and_titles_are_not_translated(tiny_atlas: Atlas) -> None:
    """They are somebody's own words."""
    english = {text.english for text in translatable(tiny_atlas)}
    assert not english & {claim.quotation for claim in tiny_atlas.claims.values()}
    assert not english & {source.title for source in tiny_atlas.sources.values()}


def test_the_words_of_the_article_are_not_translated_back_into_their_own_language(tiny_atlas: Atlas) -> None:
    """All other sentences are our own and wanted in every language."""
    originals = {sentence.context: sentence.original for sentence in translatable(tiny_atlas)}
    assert originals["ferry-bridge.translation"] == "ru"
    assert {context for context, language in originals.items() if language} == {
        f"{claim}.translation" for claim in tiny_atlas.claims
    }


def test_no_context_comes_twice(atlas: Atlas) -> None:
    """A context is how a translation finds its sentence again."""
    contexts = [text.context for text in translatable(atlas)]
    assert len(contexts) == len(set(contexts)) > 1000


def test_no_english_text_holds_a_blank_edge_or_a_line_break(atlas: Atlas) -> None:
    """Sentences are one line each."""
    assert all(text.english == " ".join(text.english.split()) for text in translatable(atlas))
