from django.core.management import call_command

from designs.providers.sketch.sheet import SheetLine, lines_of, sheet


def test_a_prompts_file_has_a_prompt_or_style_and_prompt_a_line():
    assert lines_of("# not this\n\na fox\nink | a cat\n") == [SheetLine("a fox"), SheetLine("a cat", "ink")]


def test_a_sheet_has_a_row_for_every_full_row_of_pictures():
    pixels = sheet([(SheetLine("a fox"), seed) for seed in range(3)], across=2, cell_px=20)

    assert pixels.shape == (2 * (28 + 8) + 8, 2 * (20 + 8) + 8, 3)


def test_contact_sheets_are_written(tmp_path):
    prompts = tmp_path / "prompts.txt"
    prompts.write_text("a fox\nan owl\n")

    call_command("contact_sheet", prompts=prompts, out=tmp_path / "out", count=2, across=2, down=1, cell=20)

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["sheet-1.webp", "sheet-2.webp"]
