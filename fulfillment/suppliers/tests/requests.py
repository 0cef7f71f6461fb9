"""Requests that every supplier test starts from."""

from fulfillment.suppliers.base import DraftRequest, PrintFileRef, PrintLine, PrintRequest, Recipient

ADA = Recipient("Ada", "Lovelace", "12 Main St", "Springfield", "12345", "US", line2="Apt 4", region="NY")
FRONT = PrintFileRef("front", "https://cardmaker.example/print/t/aa.jpg", "a" * 64, 1575, 2175, "A41F0", 1)
BACK = PrintFileRef("back", "https://cardmaker.example/print/t/bb.jpg", "b" * 64, 1575, 2175, "A41B0", 2)
LINE = PrintLine("SIM-FlatCard-5x7-1Pack", 2, (BACK, FRONT), "line-1")


def print_request(reference="CM-1-G1", *, recipient=ADA, lines=(LINE,), test=False):
    return PrintRequest(reference, lines, recipient, "USD", test)


def draft_of(line, reference):
    return DraftRequest(reference, line.item_code, "Our year", line.files, 1299)
