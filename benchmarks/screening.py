"""How well prompts and words are screened: `python benchmarks/screening.py [--json] [--misses]`.

On `data/screening.json`, labelled texts of ours, half of them clean and tricky. Nobody changes rules by looking at the
part `held_out`: `--misses` shows those of the other part alone. A text counts as caught when it is refused, rewritten
or put before a person; `as_wanted` counts those that met the very fate they are labelled with.
"""

import argparse
import json
import os
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cardmaker.settings")
TEXTS = Path(__file__).with_name("data") / "screening.json"
NAMES = ROOT / "fixtures" / "protected_names.json"
WANTED = {"recall": 0.9, "precision": 0.85}


def fate(text: dict, names) -> str:
    """clean, block, rewrite or review: what the product does with a text."""
    from designs.screening.text import judge

    verdict = judge(text["text"], text["purpose"], names)
    if verdict.refusal:
        return "block"
    return "rewrite" if verdict.told else "review" if verdict.concerns else "clean"


def measured(texts: list[dict], fates: list[str]) -> dict:
    pairs = Counter((text["wanted"] != "clean", found != "clean") for text, found in zip(texts, fates, strict=True))
    caught, missed, false = pairs[True, True], pairs[True, False], pairs[False, True]
    return {
        "texts": len(texts),
        "recall": round(caught / (caught + missed), 3),
        "precision": round(caught / (caught + false), 3),
        "as_wanted": round(
            sum(text["wanted"] == found for text, found in zip(texts, fates, strict=True)) / len(texts), 3
        ),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--misses", action="store_true", help="show the misjudged texts of the part that is tuned on")
    options = parser.parse_args()
    import django

    django.setup()
    from designs.screening import names as protected

    names = protected.Names(protected.compiled(row["fields"]) for row in json.loads(NAMES.read_text()))
    texts = json.loads(TEXTS.read_text())
    fates = [fate(text, names) for text in texts]
    result: dict = {"names": len(names), "all": measured(texts, fates)}
    for part in ("tune", "held_out"):
        chosen = [index for index, text in enumerate(texts) if text["part"] == part]
        result[part] = measured([texts[index] for index in chosen], [fates[index] for index in chosen])
    parts = (result["all"], result["held_out"])
    result["met"] = all(part[name] >= least for part in parts for name, least in WANTED.items())
    if options.misses:
        for text, found in zip(texts, fates, strict=True):
            if text["part"] == "tune" and found != text["wanted"]:
                print(f"{text['wanted']} but {found}: {text['text']}")
    print(json.dumps(result) if options.json else "\n".join(f"{name}: {value}" for name, value in result.items()))
    sys.exit(0 if result["met"] else 1)


if __name__ == "__main__":
    main()
