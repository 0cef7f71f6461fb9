import json
import re
import shutil
import subprocess
import tomllib
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import reverse

EXTENSION = settings.BASE_DIR / "extensions" / "cardmaker-studio"
BLOCK = EXTENSION / "blocks" / "studio.liquid"
THEME_CHECK = "@shopify/theme-check-node@3.29.1"
CHECK = """
const { themeCheckRun } = require("@shopify/theme-check-node");
themeCheckRun(process.argv[2], process.argv[3], () => {}).then(({ offenses, theme }) => {
  const told = offenses.map(({ check, uri, message }) => `${check} ${uri.split("/").pop()}: ${message}`);
  console.log(JSON.stringify({ files: theme.length, told }));
});
"""


@pytest.fixture
def source():
    return BLOCK.read_text()


@pytest.fixture
def schema(source):
    return json.loads(re.search(r"{% schema %}(.*){% endschema %}", source, re.DOTALL)[1])


def test_every_setting_is_used_and_every_use_is_a_setting(source, schema):
    named = {entry["id"] for entry in schema["settings"] if "id" in entry}

    assert set(re.findall(r"block\.settings\.(\w+)", source)) == named


def test_merchants_set_kind_words_and_colors(schema):
    kinds = {entry["id"]: entry["type"] for entry in schema["settings"] if "id" in entry}

    assert {"kind": "select", "heading": "text", "button": "text", "accent": "color"}.items() <= kinds.items()
    assert (schema["target"], len(schema["name"]) <= 25) == ("section", True)


def test_whatever_a_merchant_writes_is_escaped(source):
    free = {"kind", "heading", "text", "button", "proxy", "accent", "on_accent", "background", "ink"}

    assert set(re.findall(r"block\.settings\.(\w+) \| escape", source)) == free


def test_the_page_gets_the_loader_alone(source):
    assert re.findall(r"<script[^>]*>", source) == [
        """<script type="module" src="{{ 'cardmaker-studio.js' | asset_url }}">"""
    ]
    assert [path.name for path in (EXTENSION / "assets").iterdir()] == ["cardmaker-studio.js"]


def test_the_block_asks_where_the_app_proxy_is(schema):
    registered = tomllib.loads((settings.BASE_DIR / "shopify.app.toml").read_text())["app_proxy"]
    default = next(entry["default"] for entry in schema["settings"] if entry.get("id") == "proxy")

    assert default == f"/{registered['prefix']}/{registered['subpath']}"
    assert urlsplit(registered["url"]).path + "home/" == reverse("app_proxy_home")


@pytest.mark.serial
def test_shopifys_theme_check_finds_nothing(theme_check):
    assert theme_check(EXTENSION) == {"files": 2, "told": []}


@pytest.mark.serial
def test_theme_check_really_reads_the_block(theme_check, tmp_path):
    shutil.copytree(EXTENSION, tmp_path / "broken")
    block = tmp_path / "broken" / "blocks" / BLOCK.name
    block.write_text(block.read_text().replace("'studio.noscript'", "'studio.none'") + "{% include 'x' %}")

    found = " ".join(theme_check(tmp_path / "broken")["told"])

    assert "'studio.none' does not have a matching entry" in found
    assert "AppBlockValidTags" in found


@pytest.fixture(scope="module")
def theme_check(tmp_path_factory):
    """What theme-check says with the rules for app extensions. Skips where npm or its registry is out of reach."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not (npm and node):
        pytest.skip("Shopify's theme-check comes by npm, and there is no npm here")
    home = tmp_path_factory.mktemp("theme-check")
    install = [npm, "install", "--prefix", str(home), "--ignore-scripts", "--no-audit", "--no-fund", THEME_CHECK]
    try:
        done = subprocess.run(install, capture_output=True, text=True, timeout=180, check=False, cwd=home)
    except subprocess.TimeoutExpired:
        pytest.skip("Shopify's theme-check comes from npm's registry, which does not answer")
    if done.returncode:
        pytest.skip(f"Shopify's theme-check comes from npm's registry: {done.stderr.strip().splitlines()[-1:]}")
    (home / "check.cjs").write_text(CHECK)
    (home / "rules.yml").write_text("extends: theme-check:theme-app-extension\n")

    def check(extension):
        command = [node, str(home / "check.cjs"), str(extension), str(home / "rules.yml")]
        answer = subprocess.run(command, capture_output=True, text=True, timeout=180, check=True, cwd=home)
        return json.loads(answer.stdout.splitlines()[-1])

    return check
