"""What a Design is called until somebody names it: the beginning of its first prompt, as it was admitted."""

from django.db.models import OuterRef, Subquery

from designs.models import Page

LONGEST = 48  # characters: one line beside its picture
SHORTEST_CLAUSE = 12  # characters: less of a prompt says too little
CLAUSE_ENDS = (",", ".", ";", ":", "!", "?", " – ", " — ")


def first_prompt() -> Subquery:
    """For a query of Designs: the prompt of the first page that has one, null without any."""
    prompts = Page.objects.filter(design=OuterRef("pk")).exclude(prompt="").order_by("pk")
    return Subquery(prompts.values("prompt")[:1])


def name_of(title: str, prompt: str | None) -> str:
    """The person's own title, else the beginning of the prompt; empty without either."""
    return title or _beginning(" ".join((prompt or "").split()))


def _beginning(prompt: str) -> str:
    """All of it, its first clauses, or its first words: never a part of a word where there are spaces."""
    if len(prompt) <= LONGEST:
        return _capital(prompt.rstrip(".,;: "))
    start = prompt[: LONGEST + 1]
    clause = max(start.rfind(end) for end in CLAUSE_ENDS)
    if clause >= SHORTEST_CLAUSE:
        return _capital(start[:clause])
    words = start.rpartition(" ")[0] or start[:LONGEST]
    return _capital(words.rstrip(".,;:–— ")) + "…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
