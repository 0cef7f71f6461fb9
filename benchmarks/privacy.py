"""How much personal data is found: `python benchmarks/privacy.py [--json] [--seed 2] [--texts 4000] [--misses KIND]`.

On texts that are not ours: presidio-evaluator's generator with its own templates, fetched by pip into an environment
for temporary files; the product knows nothing of it. Patterns are changed by looking at `--seed 1` alone.

The generator leaves two marks of its file format in its texts, the letters \\n for a line end and }} for a quoting mark
>: they are read as what they stand for. It labels parts of an address one by one: parts with nothing but space and
commas between them are one address, and a street without any number is none. An email, phone or card counts as found
when at least nine in ten of its characters are cut out, an address when half of them are: the person then is not to be
found any more. A cut is right when it touches a label of any kind of personal data.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]
CACHE = Path(tempfile.gettempdir()) / "cardmaker-presidio-evaluator"
EVALUATOR = "presidio-evaluator==0.3.2"
# What its generator imports; the rest of what it asks for is for evaluating models.
NEEDED = ("faker", "pandas", "python-dotenv", "tqdm", "requests", "spacy", "presidio-analyzer", "presidio-anonymizer")
GENERATE = """
import contextlib, io, json, random, sys
import numpy
seed, count = int(sys.argv[1]), int(sys.argv[2])
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    from presidio_evaluator.data_generator import PresidioSentenceFaker
    faker = PresidioSentenceFaker("en_US", 0.05, random_seed=seed)
    made = faker.generate_new_fake_sentences(count)
spans = lambda one: [[span.entity_type, span.start_position, span.end_position] for span in one.spans]
print(json.dumps([[one.full_text, spans(one)] for one in made]))
"""
KINDS = {
    "EMAIL_ADDRESS": "email", "PHONE_NUMBER": "phone", "CREDIT_CARD": "card", "IBAN_CODE": "iban", "US_SSN": "ssn",
    "IP_ADDRESS": "ip", "US_DRIVER_LICENSE": "paper",
}  # fmt: skip
PLACES = {"STREET_ADDRESS", "ZIP_CODE", "GPE"}
BETWEEN = re.compile(r"[\s,>?]*")
FOUND_FROM = {"address": 0.5}
WANTED = {"email": 0.95, "phone": 0.95, "card": 0.95, "address": 0.8}
PRECISION = 0.9
Label = tuple[str, int, int]


def generated(seed: int, count: int) -> list[tuple[str, list[Label]]]:
    """Texts and their labels; made in an environment of their own, which is kept for the next time."""
    python = CACHE / "bin" / "python"
    if not python.exists():
        venv.create(CACHE, with_pip=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--no-deps", EVALUATOR], check=True)
        subprocess.run([*pip, *NEEDED], check=True)
    answer = subprocess.run(
        [str(python), "-W", "ignore", "-c", GENERATE, str(seed), str(count)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )
    return [(text.replace("\\n", "\n ").replace("}}", "> "), spans) for text, spans in json.loads(answer.stdout)]


def labels_of(text: str, spans: list[Label]) -> tuple[list[Label], list[Label]]:
    """What should be found, and what may be cut besides: places without a number."""
    wanted = [(KINDS[kind], start, end) for kind, start, end in spans if kind in KINDS]
    places: list[Label] = []
    for kind, start, end in sorted(spans, key=lambda span: span[1]):
        if kind not in PLACES:
            continue
        street = "street" if kind == "STREET_ADDRESS" else ""
        if places and BETWEEN.fullmatch(text[places[-1][2] : start]):
            places[-1] = (places[-1][0] or street, places[-1][1], end)
        else:
            places.append((street, start, end))
    numbered = [(kind, start, end) for kind, start, end in places if kind and re.search(r"\d", text[start:end])]
    return wanted + [("address", start, end) for _, start, end in numbered], places


def measured(texts: list[tuple[str, list[Label]]], misses: str = "") -> dict:
    from designs.screening import personal

    there, found, cuts = Counter(), Counter(), Counter()
    for text, spans in texts:
        wanted, allowed = labels_of(text, spans)
        cut = personal.find(text)
        covered = {place for one in cut for place in range(one.start, one.end)}
        for kind, start, end in wanted:
            there[kind] += 1
            enough = len(covered & set(range(start, end))) >= FOUND_FROM.get(kind, 0.9) * (end - start)
            found[kind] += enough
            if kind == misses and not enough:
                print("missed:", repr(text[start:end]), "in", repr(text[max(0, start - 40) : end + 20]))
        for one in cut:
            right = any(one.start < end and start < one.end for _, start, end in wanted + allowed)
            cuts[right] += 1
            if misses == "false" and not right:
                around = text[max(0, one.start - 40) : one.end + 20]
                print("wrong:", one.label, repr(text[one.start : one.end]), "in", repr(around))
    recall = {kind: round(found[kind] / there[kind], 3) for kind in sorted(there)}
    precision = round(cuts[True] / max(1, sum(cuts.values())), 3)
    met = precision >= PRECISION and all(recall.get(kind, 0) >= least for kind, least in WANTED.items())
    return {"texts": len(texts), "labels": dict(there), "recall": recall, "precision": precision, "met": met}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--texts", type=int, default=4000)
    parser.add_argument("--misses", default="", help="a kind, or `false`: show what went wrong with it")
    options = parser.parse_args()
    result = {"seed": options.seed, **measured(generated(options.seed, options.texts), options.misses)}
    print(json.dumps(result) if options.json else "\n".join(f"{name}: {value}" for name, value in result.items()))
    sys.exit(0 if result["met"] else 1)


if __name__ == "__main__":
    main()
