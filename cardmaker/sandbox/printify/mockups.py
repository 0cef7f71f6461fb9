"""Pictures of the finished product: our art with what the supplier prints itself, such as the grid of a month."""

import calendar
import uuid
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps

from cardmaker.sandbox.models import PrintifyProduct, PrintifyUpload
from cardmaker.sandbox.pictures import file_path

from .catalog import MONTHS, Offer, offer_of

CANVAS_PX = 1200
SHEET_PX = 860  # the longer side of one sheet
TRIMMED = 0.03  # of each side of the art that is cut away
WALL, FLOOR = (233, 228, 220), (214, 207, 196)
PAPER, INK, SOFT, RED, LINE = (254, 253, 250), (52, 55, 61), (138, 141, 148), (176, 62, 52), (224, 220, 212)
WIRE, WIRE_SHINE = (92, 94, 98), (196, 198, 202)
WEEK = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
Box = tuple[int, int, int, int]


def picture(product: PrintifyProduct, position: str, upload_key: str) -> Path:
    """Where the mock-up of one printed side lies; drawn at the first call."""
    made_of = product.updated_at.strftime("%Y%m%d%H%M%S%f")
    path = Path(settings.FILES_DIR) / f"mockup-{product.key}-{position}-{made_of}.jpg"
    if not path.is_file():
        offer = offer_of(product.blueprint_id, product.provider_id)
        upload = PrintifyUpload.objects.get(key=upload_key)
        drawn = draw(file_path(upload.sha256), position, offer)
        partial = path.with_suffix(f".{uuid.uuid4().hex}.part")  # two may ask for it at once
        drawn.save(partial, "JPEG", quality=88)
        partial.replace(path)
    return path


def draw(art_path: Path, position: str, offer: Offer | None) -> Image.Image:
    """The product photographed on a wall (a calendar hangs there) or on a table."""
    art = _art(art_path)
    scale = SHEET_PX / max(art.size)
    sheet = art.resize((round(art.width * scale), round(art.height * scale)), Image.Resampling.LANCZOS)
    if offer is None or not offer.year:
        return _on_table(sheet)
    if position not in MONTHS:
        return _hung([sheet])
    return _hung([sheet, _grid_sheet(sheet.size, MONTHS.index(position) + 1, offer.year)])


def _art(path: Path) -> Image.Image:
    with Image.open(path) as image:
        image.draft("RGB", (SHEET_PX, SHEET_PX))
        art = ImageOps.exif_transpose(image).convert("RGB")
    across, down = round(art.width * TRIMMED), round(art.height * TRIMMED)
    return art.crop((across, down, art.width - across, art.height - down))


def _on_table(sheet: Image.Image) -> Image.Image:
    canvas = _ground((CANVAS_PX, CANVAS_PX))
    left, top = (canvas.width - sheet.width) // 2, (canvas.height - sheet.height) // 2
    _shadow(canvas, (left, top, left + sheet.width, top + sheet.height))
    canvas.paste(sheet, (left, top))
    return canvas


def _hung(sheets: list[Image.Image]) -> Image.Image:
    """Sheets below each other, bound by a wire: at the top when closed, in the middle when open."""
    width, height = sheets[0].width, sum(sheet.height for sheet in sheets)
    canvas = _ground((CANVAS_PX, max(CANVAS_PX, height + 240)))
    left, top = (canvas.width - width) // 2, (canvas.height - height) // 2 + 20
    _shadow(canvas, (left, top, left + width, top + height))
    below = top
    for sheet in sheets:
        canvas.paste(sheet, (left, below))
        below += sheet.height
    bound = top + sheets[0].height if len(sheets) > 1 else top
    _wire(canvas, left, left + width, bound)
    _nail(canvas, canvas.width // 2, top)
    return canvas


def _ground(size: tuple[int, int]) -> Image.Image:
    """A wall in soft light."""
    shade = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, FLOOR), Image.new("RGB", size, WALL), shade)


def _shadow(canvas: Image.Image, box: Box) -> None:
    mask = Image.new("L", canvas.size, 0)
    left, top, right, bottom = box
    ImageDraw.Draw(mask).rectangle((left + 4, top + 16, right + 10, bottom + 22), fill=120)
    mask = mask.filter(ImageFilter.GaussianBlur(16))
    canvas.paste(Image.new("RGB", canvas.size, (96, 88, 78)), (0, 0), mask)


def _wire(canvas: Image.Image, left: int, right: int, at: int) -> None:
    pen = ImageDraw.Draw(canvas)
    for x in range(left + 26, right - 20, 22):
        for hole in (at - 12, at + 8):
            pen.ellipse((x - 3, hole, x + 5, hole + 7), fill=(70, 66, 60))
        pen.rounded_rectangle((x - 3, at - 12, x + 1, at + 13), radius=2, fill=WIRE)
        pen.line((x - 2, at - 9, x - 2, at + 9), fill=WIRE_SHINE)


def _nail(canvas: Image.Image, x: int, top: int) -> None:
    pen = ImageDraw.Draw(canvas)
    pen.arc((x - 34, top - 46, x + 34, top + 22), 180, 360, fill=WIRE, width=4)
    pen.ellipse((x - 8, top - 54, x + 8, top - 38), fill=WIRE)
    pen.ellipse((x - 4, top - 52, x + 1, top - 47), fill=WIRE_SHINE)


def _grid_sheet(size: tuple[int, int], month: int, year: int) -> Image.Image:
    """The supplier's own grid: ours is never on these products."""
    sheet = Image.new("RGB", size, PAPER)
    pen = ImageDraw.Draw(sheet)
    width, height = size
    margin = round(min(size) * 0.07)
    name = calendar.month_name[month].upper()
    pen.text((margin, margin * 0.72), name, font=_font(height * 0.085), fill=INK)
    pen.text((width - margin, margin * 0.72), str(year), font=_font(height * 0.085), fill=SOFT, anchor="ra")
    weeks = calendar.Calendar(firstweekday=6).monthdayscalendar(year, month)
    top = round(height * 0.26)
    cell_w, cell_h = (width - 2 * margin) / 7, (height - top - margin) / len(weeks)
    for column, weekday in enumerate(WEEK):
        middle = margin + cell_w * (column + 0.5)
        pen.text((middle, top - height * 0.03), weekday, font=_font(height * 0.032), fill=SOFT, anchor="ms")
    for row, week in enumerate(weeks):
        for column, day in enumerate(week):
            left, above = margin + cell_w * column, top + cell_h * row
            pen.rectangle((left, above, left + cell_w, above + cell_h), outline=LINE, width=2)
            if day:
                place = (left + cell_w * 0.1, above + cell_h * 0.12)
                pen.text(place, str(day), font=_font(height * 0.04), fill=RED if column == 0 else INK)
    return sheet


def _font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size=max(8, size))
