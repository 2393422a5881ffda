"""What Python's email package reads in a letter as it came over the line, as JSON."""

import json
import sys
from email import message_from_bytes, policy

raw = sys.stdin.buffer.read()
letter = message_from_bytes(raw, policy=policy.default)
parts = list(letter.walk())
defects = [repr(defect) for part in parts for defect in part.defects]
defects += [f"{name}: {defect!r}" for part in parts for name in part.keys() for defect in part[name].defects]


def shown(part):
    name = part.get_filename()
    # An attachment of a type that Python does not know comes as bytes.
    content = part.get_content()
    return {
        "type": part.get_content_type(),
        "parameters": dict(part["Content-Type"].params),
        "name": name,
        "text": content.decode("utf-8") if isinstance(content, bytes) else content,
    }


def addresses(name):
    return [[one.display_name, one.addr_spec] for one in letter[name].addresses]


json.dump(
    {
        "defects": defects,
        "ascii": raw.isascii(),
        "longest": max(len(line) for line in raw.split(b"\r\n")),
        "bare_line_ends": raw.replace(b"\r\n", b"").count(b"\n") + raw.replace(b"\r\n", b"").count(b"\r"),
        "names": sorted(name.lower() for name in letter.keys()),
        "subject": letter["Subject"],
        "from": addresses("From"),
        "to": addresses("To"),
        "message_id": letter["Message-ID"],
        "date": letter["Date"].datetime.isoformat(),
        "automatic": letter["Auto-Submitted"],
        "structure": [part.get_content_type() for part in parts],
        "parts": [shown(part) for part in parts if not part.is_multipart()],
        "body": letter.get_body(("plain",)).get_content(),
        "html": letter.get_body(("html",)).get_content(),
    },
    sys.stdout,
)
